"""What is measured; each module runs alone, see docs/benchmarks.md."""
