package io.flintwheel.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Locale;

/** Why a file cannot be used. Java's messages of it are often the path alone. */
public final class FileTrouble {

  private FileTrouble() {}

  /**
   * The reason in words, such as {@code permission denied}, with the file that it is about when
   * that is not the one that was asked for.
   *
   * @param asked what the sentence around it names
   */
  public static String of(Path asked, IOException failure) {
    String where =
        failure instanceof FileSystemException e
                && e.getFile() != null
                && !e.getFile().equals(asked.toString())
            ? " (" + e.getFile() + ")"
            : "";
    return reason(failure) + where;
  }

  private static String reason(IOException failure) {
    if (failure instanceof NoSuchFileException) {
      return "no such file or directory";
    }
    if (failure instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (failure instanceof FileAlreadyExistsException) {
      return "something of that name is in the way";
    }
    if (failure instanceof NotDirectoryException) {
      return "not a directory";
    }
    if (failure instanceof DirectoryNotEmptyException) {
      return "directory not empty";
    }
    if (failure instanceof FileSystemLoopException) {
      return "links that lead back to themselves";
    }
    String words =
        failure instanceof FileSystemException e && e.getReason() != null
            ? e.getReason()
            : failure.getMessage();
    if (words == null || words.isBlank()) {
      return failure.getClass().getSimpleName();
    }
    // What the system says begins with a capital: "No space left on device", "Is a directory".
    return words.substring(0, 1).toLowerCase(Locale.ROOT) + words.substring(1);
  }
}
