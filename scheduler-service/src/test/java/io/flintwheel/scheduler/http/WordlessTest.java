package io.flintwheel.scheduler.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class WordlessTest {

  @Test
  void tellsWhereAndWhatKindButNoMessageWhenFailureQuotesARow() {
    SQLException refused =
        new SQLException("ERROR: x\n  Detail: Failing row contains (nightly, s3cret).", "23514");
    IllegalStateException failure = new IllegalStateException("wrote s3cret", refused);

    StringWriter log = new StringWriter();
    Wordless.of(failure).printStackTrace(new PrintWriter(log, true));

    assertThat(log.toString())
        .contains("java.lang.IllegalStateException", "java.sql.SQLException SQLSTATE 23514")
        .contains("tellsWhereAndWhatKindButNoMessageWhenFailureQuotesARow")
        .doesNotContain("s3cret");
  }

  @Test
  void endsWhenCausesGoInACircle() {
    IllegalStateException one = new IllegalStateException();
    one.initCause(new IllegalStateException(one));

    assertThat(Wordless.of(one)).hasMessage("java.lang.IllegalStateException");
  }
}
