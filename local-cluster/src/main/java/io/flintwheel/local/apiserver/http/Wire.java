package io.flintwheel.local.apiserver.http;

import io.flintwheel.local.apiserver.resource.ApiFailure;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Walks over the fields of one protobuf message. */
final class Wire {

  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int LENGTH = 2;
  private static final int FIXED32 = 5;

  private final byte[] data;
  private final int end;
  private int position;
  private int number;
  private long scalar;
  private int valueStart;
  private int valueEnd;

  Wire(byte[] data, int start, int end) {
    this.data = data;
    this.position = start;
    this.end = end;
  }

  /** Moves to the next field; false after the last one. */
  boolean next() {
    if (position >= end) {
      return false;
    }
    long tag = readVarint();
    number = (int) (tag >>> 3);
    valueStart = position;
    switch ((int) (tag & 7)) {
      case VARINT -> scalar = readVarint();
      case FIXED64 -> skip(8);
      case FIXED32 -> skip(4);
      case LENGTH -> {
        int length = (int) readVarint();
        valueStart = position;
        skip(length);
      }
      default -> throw malformed();
    }
    valueEnd = position;
    return true;
  }

  int number() {
    return number;
  }

  long varint() {
    return scalar;
  }

  String text() {
    return new String(data, valueStart, valueEnd - valueStart, StandardCharsets.UTF_8);
  }

  byte[] bytes() {
    return Arrays.copyOfRange(data, valueStart, valueEnd);
  }

  Wire message() {
    return new Wire(data, valueStart, valueEnd);
  }

  private void skip(int length) {
    if (length < 0 || length > end - position) {
      throw malformed();
    }
    position += length;
  }

  private long readVarint() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      if (position >= end) {
        throw malformed();
      }
      byte next = data[position++];
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw malformed();
  }

  private static ApiFailure malformed() {
    return ApiFailure.badRequest("the body of the request is not well-formed protobuf");
  }
}
