package io.flintwheel.status.watch;

import io.flintwheel.events.Event;
import io.flintwheel.events.job.JobFact;
import java.util.concurrent.CompletionStage;

/** Where facts are told. */
interface FactSink {

  /** Tells a fact; completes when it is durable, and exceptionally when it must be told again. */
  CompletionStage<Void> tell(Event<JobFact> fact);
}
