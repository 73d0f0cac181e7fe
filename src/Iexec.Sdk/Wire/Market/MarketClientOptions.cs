namespace Iexec.Sdk.Wire.Market;

/// <summary>Patience of the client.</summary>
/// <param name="Timeout">For one try.</param>
/// <param name="Tries">For requests that change nothing; others are tried once.</param>
/// <param name="Pause">Before the second try; doubles.</param>
internal sealed record MarketClientOptions(TimeSpan Timeout, int Tries, TimeSpan Pause)
{
    /// <summary>15 s, 3 tries, 250 ms.</summary>
    public static MarketClientOptions Default { get; } = new(TimeSpan.FromSeconds(15), 3, TimeSpan.FromMilliseconds(250));
}
