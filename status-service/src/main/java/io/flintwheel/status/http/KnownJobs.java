package io.flintwheel.status.http;

import io.flintwheel.status.projection.JobQueries;
import io.flintwheel.status.projection.StoreUnavailable;
import io.flintwheel.status.projection.StoredJob;
import jakarta.inject.Singleton;

/** The jobs that paths name. */
@Singleton
class KnownJobs {

  private final JobQueries jobs;

  KnownJobs(JobQueries jobs) {
    this.jobs = jobs;
  }

  /** The job of a path; a problem says what is wrong with one that is none. */
  StoredJob get(String jobId) throws StoreUnavailable {
    return jobs.find(FilterParameters.jobId(jobId))
        .orElseThrow(
            () ->
                Refused.notFound(
                    "jobId",
                    "there is no job " + jobId,
                    "the id of a job that was asked for; GET /api/v1/jobs lists them"));
  }
}
