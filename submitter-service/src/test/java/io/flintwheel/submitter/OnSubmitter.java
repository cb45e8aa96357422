package io.flintwheel.submitter;

import io.flintwheel.testing.KafkaTestResource;
import io.flintwheel.testing.KubernetesTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A broker and a Kubernetes API for a test of the whole service. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@QuarkusTestResource(KafkaTestResource.class)
@QuarkusTestResource(KubernetesTestResource.class)
@interface OnSubmitter {}
