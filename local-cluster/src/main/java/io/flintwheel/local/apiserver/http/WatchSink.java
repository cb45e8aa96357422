package io.flintwheel.local.apiserver.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.ServerWebSocket;

/** Where the events of one watch go: a chunked answer or a WebSocket. */
interface WatchSink {

  /** A reader this far behind is cut off; it lists and watches again. */
  int QUEUE_LIMIT = 32 * 1024 * 1024;

  void send(byte[] event);

  /** Ends the stream as the server does when a watch's time is over. */
  void end();

  /** Cuts the connection. */
  void drop();

  void onClose(Runnable closed);

  static WatchSink of(HttpServerRequest request) {
    HttpServerResponse response = request.response();
    response.setChunked(true).putHeader("content-type", "application/json");
    response.setWriteQueueMaxSize(QUEUE_LIMIT);
    response.writeHead();
    return new Chunked(request);
  }

  static WatchSink of(ServerWebSocket socket) {
    socket.setWriteQueueMaxSize(QUEUE_LIMIT);
    return new Socket(socket);
  }

  /** JSON objects, one a line. */
  record Chunked(HttpServerRequest request) implements WatchSink {

    @Override
    public void send(byte[] event) {
      HttpServerResponse response = request.response();
      if (response.ended() || response.closed()) {
        return;
      }
      if (response.writeQueueFull()) {
        drop();
        return;
      }
      response.write(Buffer.buffer(event.length + 1).appendBytes(event).appendByte((byte) '\n'));
    }

    @Override
    public void end() {
      if (!request.response().ended() && !request.response().closed()) {
        request.response().end();
      }
    }

    @Override
    public void drop() {
      request.response().reset();
    }

    @Override
    public void onClose(Runnable closed) {
      request.response().closeHandler(unused -> closed.run());
      request.response().exceptionHandler(unused -> closed.run());
    }
  }

  /** JSON objects, one a text message. */
  record Socket(ServerWebSocket socket) implements WatchSink {

    @Override
    public void send(byte[] event) {
      if (socket.isClosed()) {
        return;
      }
      if (socket.writeQueueFull()) {
        drop();
        return;
      }
      // One frame, whatever its length, as a real server does: a client that asks for one message
      // at a
      // time, as fabric8 does, is given one frame, and would wait for the rest for ever.
      socket.writeFinalTextFrame(Buffer.buffer(event).toString());
    }

    @Override
    public void end() {
      if (!socket.isClosed()) {
        socket.close();
      }
    }

    @Override
    public void drop() {
      end();
    }

    @Override
    public void onClose(Runnable closed) {
      socket.closeHandler(unused -> closed.run());
      socket.exceptionHandler(unused -> closed.run());
    }
  }
}
