package io.flintwheel.status;

import io.flintwheel.testing.KafkaTestResource;
import io.flintwheel.testing.KubernetesTestResource;
import io.flintwheel.testing.PostgresTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A broker, a database and a Kubernetes API for a test of the whole service. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@QuarkusTestResource(KafkaTestResource.class)
@QuarkusTestResource(
    value = PostgresTestResource.class,
    initArgs = @ResourceArg(name = "database", value = "flintwheel_status"))
@QuarkusTestResource(KubernetesTestResource.class)
public @interface OnStatusService {}
