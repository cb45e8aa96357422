package io.flintwheel.status.progress;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class DriverProgressTest {

  @Test
  void addsUpTheTasksOfAllSparkJobs() throws IOException {
    String answer =
        """
        [{"jobId":1,"numTasks":10,"numActiveTasks":2,"numCompletedTasks":3,"numSkippedTasks":1,
          "numFailedTasks":1},
         {"jobId":0,"numTasks":5,"numCompletedTasks":5}]
        """;

    Progress progress = DriverProgress.sum(new ObjectMapper().readTree(answer));

    assertThat(progress).isEqualTo(new Progress(9, 15, 2, 1));
  }

  @Test
  void knowsNoTasksBeforeTheFirstSparkJob() throws IOException {
    Progress progress = DriverProgress.sum(new ObjectMapper().readTree("[]"));

    assertThat(progress).isEqualTo(new Progress(0, 0, 0, 0));
  }
}
