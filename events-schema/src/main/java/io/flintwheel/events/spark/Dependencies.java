package io.flintwheel.events.spark;

import java.util.List;

/**
 * What an application needs beside its main file.
 *
 * @param jars on the class path of driver and executors
 * @param files in the working directory of every executor
 * @param pyFiles on the Python path
 * @param packages Maven coordinates
 * @param excludePackages {@code groupId:artifactId} left out of what {@code packages} brings
 * @param repositories where {@code packages} are looked for besides Maven Central
 * @param archives unpacked in the working directory of every executor
 */
public record Dependencies(
    List<String> jars,
    List<String> files,
    List<String> pyFiles,
    List<String> packages,
    List<String> excludePackages,
    List<String> repositories,
    List<String> archives) {}
