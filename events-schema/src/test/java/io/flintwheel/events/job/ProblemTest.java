package io.flintwheel.events.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProblemTest {

  @Test
  void countsTheProblemsThatAreTooManyToTell() {
    List<Problem> many = Collections.nCopies(250, new Problem("labels[x]", "is wrong", null));

    List<Problem> told = Problem.bounded(many, "data");

    assertThat(told).hasSize(Problem.MOST);
    assertThat(told.get(Problem.MOST - 1)).isEqualTo(new Problem("data", "and 151 more", null));
  }

  @Test
  void shortensTextsThatArePublishersOwn() {
    Problem endless = new Problem("spec." + "x".repeat(9000), "y".repeat(9000), "z".repeat(9000));

    List<Problem> told = Problem.bounded(List.of(endless), "spec");

    assertThat(told.toString().length()).isLessThan(2500);
  }
}
