package io.flintwheel.status.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StandingThreadTest {

  private final AtomicInteger begun = new AtomicInteger();
  private final CountDownLatch mended = new CountDownLatch(1);
  private final StandingThread thread = new StandingThread("test", this::work);
  private volatile Throwable trouble = new IllegalStateException("secret");

  @AfterEach
  void stop() throws InterruptedException {
    thread.stop();
    thread.interrupt();
    thread.join();
  }

  @Test
  void beginsAnewAfterAnException() {
    thread.start();

    await().until(() -> begun.get() > 1);
  }

  @Test
  void beginsAnewAfterAnError() {
    trouble = new NoClassDefFoundError("some class");

    thread.start();

    await().until(() -> begun.get() > 1);
  }

  @Test
  void worksAgainOnlyOnceItGetsOn() {
    thread.start();
    await().until(() -> begun.get() > 1);
    boolean before = thread.works();

    mended.countDown();

    await().until(thread::works);
    assertThat(before).isFalse();
  }

  @Test
  void doesNotWorkOnceItIsStopped() throws InterruptedException {
    mended.countDown();
    thread.start();
    await().until(thread::works);

    thread.stop();
    thread.interrupt();

    thread.join();
    assertThat(thread.works()).isFalse();
  }

  private void work() throws InterruptedException {
    begun.incrementAndGet();
    if (mended.getCount() > 0) {
      if (trouble instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) trouble;
    }
    thread.getsOn();
    new CountDownLatch(1).await();
  }
}
