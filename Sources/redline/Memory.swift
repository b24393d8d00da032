import CRedlineMemory

/// How the program holds its memory.
enum Memory {
    /// Keeps pages that were freed for the next array of their size: giving them back and taking them anew, cleared by
    /// the kernel each time, took a twelfth of the time of a large screening.
    static func keepFreedPages() {
        mallopt(M_MMAP_THRESHOLD, 32 << 20)
        mallopt(M_TRIM_THRESHOLD, .max)
        mallopt(M_TOP_PAD, 16 << 20)
    }
}
