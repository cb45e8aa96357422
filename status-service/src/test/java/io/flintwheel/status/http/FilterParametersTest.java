package io.flintwheel.status.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flintwheel.events.job.JobState;
import io.flintwheel.events.schedule.ScheduleId;
import io.flintwheel.status.projection.JobFilter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilterParametersTest {

  @Test
  void readsEveryParameter() {
    JobFilter filter =
        FilterParameters.read(
            List.of("running,failed", "LOST"),
            "etl",
            "nightly",
            List.of("team=a", "example.com/tier="),
            "7",
            Cursor.of(42));

    assertThat(filter.states())
        .containsExactlyInAnyOrder(JobState.RUNNING, JobState.FAILED, JobState.LOST);
    assertThat(filter.namespace()).contains("etl");
    assertThat(filter.schedule()).contains(new ScheduleId("nightly"));
    assertThat(filter.labels()).containsEntry("team", "a").containsEntry("example.com/tier", "");
    assertThat(filter.limit()).isEqualTo(7);
    assertThat(filter.before()).hasValue(42);
  }

  @ParameterizedTest
  @CsvSource({
    "state, DONE, 'REQUESTED, ACCEPTED'",
    "state, UNKNOWN, 'REQUESTED, ACCEPTED'",
    "label, team, key=value",
    "label, =a, key=value",
    "label, path=x=y, at most 63 letters",
    "label, 'a b=c', key=value",
    "label, 'team=a\u0000', at most 63 letters",
    "namespace, 'etl\u0000', 1 to 63 lower-case",
    "namespace, '', 1 to 63 lower-case",
    "schedule, 'nightly\u0000', 1 to 27 characters",
    "schedule, Nightly, 1 to 27 characters",
    "state, 'RUNNING\u0000', 'REQUESTED, ACCEPTED'",
    "limit, 0, from 1 to 500",
    "limit, many, from 1 to 500",
    "limit, 99999999999999999999, from 1 to 500",
    "cursor, xyz, nextCursor",
    "cursor, YzE6eA, nextCursor",
    "cursor, 'a\u0000', nextCursor",
  })
  void refusesAParameterByNameAndSaysWhatWouldBeRight(String name, String value, String expected) {
    assertThatThrownBy(() -> read(name, value))
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> {
              assertThat(refused.problem().status()).isEqualTo(400);
              assertThat(refused.problem().field()).isEqualTo(name);
              assertThat(refused.problem().problems().get(0).expected()).contains(expected);
              assertThat(refused.problem().detail()).doesNotContain("\u0000");
            });
  }

  @Test
  void refusesTwoValuesOfOneLabel() {
    List<String> labels = List.of("team=a", "team=b");

    assertThatThrownBy(() -> FilterParameters.read(List.of(), null, null, labels, null, null))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("label");
  }

  private static JobFilter read(String name, String value) {
    return FilterParameters.read(
        name.equals("state") ? List.of(value) : List.of(),
        only(name, "namespace", value),
        only(name, "schedule", value),
        name.equals("label") ? List.of(value) : List.of(),
        only(name, "limit", value),
        only(name, "cursor", value));
  }

  private static @Nullable String only(String name, String wanted, String value) {
    return name.equals(wanted) ? value : null;
  }
}
