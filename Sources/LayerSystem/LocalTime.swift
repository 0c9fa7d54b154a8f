internal import CLinux

/// The time zone of the user.
package enum LocalTime {
    /// How far local time is ahead of UTC at a moment.
    ///
    /// - Parameter seconds: Seconds since the epoch.
    /// - Returns: Seconds, positive east of Greenwich; 0 where the moment is beyond the calendar.
    package static func offset(atSeconds seconds: Int64) -> Int {
        var offset: Int32 = 0
        return unsafe cl_local_offset(seconds, &offset) == 0 ? Int(offset) : 0
    }
}
