package io.flintwheel.cli.cluster;

import java.util.Optional;

/**
 * A part as a user sees it.
 *
 * @param pid empty when it does not run
 * @param address where to reach it
 */
record PartStatus(Part part, Optional<Long> pid, String address, Health health) {}
