package io.flintwheel.submitter.policy;

import io.flintwheel.events.job.Problem;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Keys of Spark's configuration that no job may set.
 *
 * @param keys matched against the whole key
 * @param says completes "this key ..."
 * @param instead what would pass
 */
record ForbiddenKey(Rule rule, Pattern keys, String says, String instead) {

  static ForbiddenKey of(Rule rule, String keys, String says, String instead) {
    return new ForbiddenKey(rule, Pattern.compile(keys, Pattern.DOTALL), says, instead);
  }

  Optional<Problem> check(String field, String key) {
    return keys.matcher(key).matches()
        ? Optional.of(rule.refuses(field, "this key " + says, instead))
        : Optional.empty();
  }
}
