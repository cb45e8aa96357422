"""Estimates Pi by throwing darts at a square; the first argument is the number of slices."""

import sys
from operator import add
from random import random

from pyspark.sql import SparkSession


def hit(_: int) -> int:
    x = random() * 2 - 1
    y = random() * 2 - 1
    return 1 if x * x + y * y <= 1 else 0


if __name__ == "__main__":
    spark = SparkSession.builder.appName("PythonPi").getOrCreate()
    slices = int(sys.argv[1]) if len(sys.argv) > 1 else 2
    darts = 100_000 * slices
    hits = spark.sparkContext.parallelize(range(darts), slices).map(hit).reduce(add)
    print(f"Pi is roughly {4.0 * hits / darts}")
    spark.stop()
