package io.flintwheel.local.postgres;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PostgresBinariesIT {

  @Test
  void nameWhatCannotBeWrittenAndWhatMovesIt() {
    Path cache = Path.of("/proc/nocache/flintwheel");

    assertThatThrownBy(() -> PostgresBinaries.unpackedIn(cache))
        .rootCause()
        .hasMessageStartingWith("PostgreSQL cannot be unpacked into /proc/nocache/flintwheel (")
        .hasMessageEndingWith("); XDG_CACHE_HOME names another directory than ~/.cache");
  }
}
