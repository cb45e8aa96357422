package io.flintwheel.local.apiserver.admission;

import java.util.Random;

/** The five characters that follow a generated name; without vowels, so that no words arise. */
public final class RandomSuffix {

  private static final String ALPHABET = "bcdfghjklmnpqrstvwxz2456789";

  private final Random random;

  public RandomSuffix(Random random) {
    this.random = random;
  }

  public String next() {
    StringBuilder suffix = new StringBuilder(5);
    for (int i = 0; i < 5; i++) {
      suffix.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return suffix.toString();
  }
}
