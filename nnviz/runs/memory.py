"""A hard limit on the memory of the process that trains, should an estimate ever be wrong.

On Linux the kernel refuses what goes beyond (`setrlimit`), and NumPy raises `MemoryError`.
Elsewhere a thread looks at what the process takes and ends it: later, but before the machine
suffers.
"""

import os
import sys
import threading

EXCEEDED = 75  # the status of a process that was ended for its memory
LOOK_EVERY = 0.1  # seconds


def limit_memory(more: int) -> None:
    """Let this process take at most so many bytes more than it does now."""
    most = taken() + more
    if sys.platform == "linux":
        import resource

        hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
        if hard == resource.RLIM_INFINITY or hard > most:
            resource.setrlimit(resource.RLIMIT_DATA, (most, hard))
    else:
        threading.Thread(target=_watch, args=(most,), daemon=True).start()


def _watch(most: int) -> None:
    """End the process as soon as it takes more."""
    wait = threading.Event()
    while taken() <= most:
        wait.wait(LOOK_EVERY)
    os._exit(EXCEEDED)


def taken() -> int:
    """The bytes of memory of its own that this process takes."""
    if sys.platform == "linux":
        with open("/proc/self/statm", encoding="ascii") as file:
            return int(file.read().split()[5]) * os.sysconf("SC_PAGE_SIZE")
    if sys.platform == "win32":
        return _committed()
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # on macOS in bytes


def _committed() -> int:
    """What Windows has promised this process (``PagefileUsage``)."""
    import ctypes

    class Counters(ctypes.Structure):
        _fields_ = [
            ("size", ctypes.c_uint32),
            ("faults", ctypes.c_uint32),
            *((name, ctypes.c_size_t) for name in ("peak_set", "working_set", "a", "b", "c", "d")),
            ("committed", ctypes.c_size_t),
            ("peak_committed", ctypes.c_size_t),
        ]

    counters = Counters(size=ctypes.sizeof(Counters))
    kernel = ctypes.WinDLL("kernel32")  # type: ignore[attr-defined,unused-ignore]
    kernel.GetCurrentProcess.restype = ctypes.c_void_p
    process = ctypes.c_void_p(kernel.GetCurrentProcess())
    kernel.K32GetProcessMemoryInfo(process, ctypes.byref(counters), counters.size)
    return int(counters.committed)
