namespace Tests.Network.Letter;

/// <summary>Asks until there is an answer; what never comes fails with its name.</summary>
internal static class Poll
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    public static async Task<T> UntilAsync<T>(string what, Func<Task<T?>> ask)
        where T : class
    {
        var begun = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(begun) < Limit)
        {
            if (await ask() is { } answer)
            {
                return answer;
            }

            await Task.Delay(Pause, TimeProvider.System);
        }

        throw new TimeoutException($"Waited {Limit.TotalSeconds} s in vain: {what}");
    }
}
