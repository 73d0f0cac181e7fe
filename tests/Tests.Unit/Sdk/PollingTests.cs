using Iexec.Ethereum.JsonRpc;
using Iexec.Sdk.Chains;
using Iexec.Sdk.Errors;
using Tests.Unit.Poco.Chain;
using Xunit;

namespace Tests.Unit.Sdk;

public sealed class PollingTests
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly InstantTime _time = new(() => { });
    private readonly Queue<Func<int>> _answers = new();

    [Fact]
    public async Task A_node_that_is_away_for_a_moment_is_waited_for()
    {
        Given(() => 1, Away, Away, () => 2);
        await using var watch = Watch();
        Assert.Equal(1, await NextAsync(watch));
        var before = _time.GetTimestamp();
        Assert.Equal(2, await NextAsync(watch));
        Assert.Equal(Pause * 3, _time.GetElapsedTime(before));
    }

    [Fact]
    public async Task One_that_stays_away_is_told()
    {
        Given(() => 1);
        await using var watch = Watch();
        await NextAsync(watch);
        var before = _time.GetTimestamp();
        var told = await Assert.ThrowsAsync<IexecException>(() => NextAsync(watch));
        Assert.Equal(ErrorCode.Web3ProviderError, told.Code);
        Assert.Equal(Polling.LongestSilence, _time.GetElapsedTime(before));
    }

    [Fact]
    public async Task One_that_was_never_there_is_told_at_once()
    {
        await using var watch = Watch();
        var before = _time.GetTimestamp();
        await Assert.ThrowsAsync<IexecException>(() => NextAsync(watch));
        Assert.Equal(TimeSpan.Zero, _time.GetElapsedTime(before));
    }

    [Fact]
    public async Task What_the_node_refuses_is_told_at_once()
    {
        Given(() => 1, () => throw new IexecException(ErrorCode.ObjectNotFoundError, "gone"));
        await using var watch = Watch();
        await NextAsync(watch);
        Assert.Equal(ErrorCode.ObjectNotFoundError, (await Assert.ThrowsAsync<IexecException>(() => NextAsync(watch))).Code);
    }

    private static int Away() =>
        throw new IexecException(ErrorCode.Web3ProviderError, "away", null, new NodeUnreachableException(new Uri("http://127.0.0.1:1"), null));

    private void Given(params Func<int>[] answers) => Array.ForEach(answers, _answers.Enqueue);

    private IAsyncEnumerator<int> Watch() => Polling.AnswersAsync(
        async () =>
        {
            await Task.Yield();
            return _answers.TryDequeue(out var answer) ? answer() : Away();
        },
        Pause,
        _time,
        CancellationToken.None).GetAsyncEnumerator();

    private static async Task<int> NextAsync(IAsyncEnumerator<int> watch)
    {
        Assert.True(await watch.MoveNextAsync());
        return watch.Current;
    }
}
