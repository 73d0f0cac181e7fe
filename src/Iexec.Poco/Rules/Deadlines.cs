namespace Iexec.Poco.Rules;

/// <summary>Until when what may happen to a task, in Unix seconds of the chain. Each deadline is the first second that is too late.</summary>
public readonly record struct Deadlines(ulong Contribution, ulong Final)
{
    /// <summary>The contribution deadline in multiples of the category's time.</summary>
    public const ulong ContributionRatio = 7;

    /// <summary>The time to reveal after consensus in multiples of the category's time.</summary>
    public const ulong RevealRatio = 2;

    /// <summary>The final deadline in multiples of the category's time.</summary>
    public const ulong FinalRatio = 10;

    /// <summary>The deadlines of a deal's tasks: they run from the match, not from the initialization.</summary>
    /// <exception cref="OverflowException">The category's time is beyond any real one.</exception>
    public static Deadlines Of(ulong startTimeSeconds, ulong workClockTimeRefSeconds) => checked(new(
        startTimeSeconds + (ContributionRatio * workClockTimeRefSeconds),
        startTimeSeconds + (FinalRatio * workClockTimeRefSeconds)));

    /// <summary>Until when to reveal, for a consensus in a block of that time.</summary>
    /// <exception cref="OverflowException">As above.</exception>
    public static ulong Reveal(ulong consensusTimeSeconds, ulong workClockTimeRefSeconds) =>
        checked(consensusTimeSeconds + (RevealRatio * workClockTimeRefSeconds));
}
