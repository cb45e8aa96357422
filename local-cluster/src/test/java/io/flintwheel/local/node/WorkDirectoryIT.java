package io.flintwheel.local.node;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkDirectoryIT {

  @TempDir private Path root;

  @Test
  void belongsToOneNodeAtATime() throws IOException {
    WorkDirectory first = WorkDirectory.open(root);

    assertThatThrownBy(() -> WorkDirectory.open(root))
        .isInstanceOf(IOException.class)
        .hasMessage("another node works in " + root);
    first.close();
    assertThatCode(() -> WorkDirectory.open(root).close()).doesNotThrowAnyException();
  }
}
