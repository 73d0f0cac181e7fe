using FsCheck;
using FsCheck.Fluent;
using Iexec.Poco.Chain;
using Xunit;

namespace Tests.Unit.Poco.Chain;

public sealed class LogCursorTests
{
    private readonly FakeChainHub _hub = new();
    private readonly ListProjection _projection = new();

    [Fact]
    public async Task Every_event_is_applied_once_in_bounded_ranges()
    {
        _hub.Append(25);
        var cursor = Cursor(new LogCursorOptions(BatchBlocks: 10));

        Assert.True(await cursor.AdvanceAsync(default));
        Assert.False(await cursor.AdvanceAsync(default));

        Assert.Equal(_hub.Chain, _projection.Blocks);
        Assert.Equal(10UL, _hub.LargestRange);
    }

    [Fact]
    public async Task The_cursor_stays_behind_the_head_by_the_confirmations()
    {
        _hub.Append(10);

        await Cursor(new LogCursorOptions(Confirmations: 4)).AdvanceAsync(default);

        Assert.Equal(_hub.Chain.SkipLast(4), _projection.Blocks);
        Assert.False(await Cursor(new LogCursorOptions(Confirmations: 40)).AdvanceAsync(default));
    }

    [Fact]
    public async Task History_starts_at_the_block_that_was_given()
    {
        _hub.Append(10);

        await Cursor(new LogCursorOptions(StartBlock: 7)).AdvanceAsync(default);

        Assert.Equal(_hub.Chain.Skip(7), _projection.Blocks);
    }

    [Fact]
    public async Task A_reorganisation_is_taken_back_to_the_common_ancestor()
    {
        var cursor = Cursor();
        for (var i = 0; i < 10; i++)
        {
            _hub.Append();
            await cursor.AdvanceAsync(default);
        }

        _hub.Reorganize(depth: 3, replacements: 5);
        Assert.True(await cursor.AdvanceAsync(default));

        Assert.Equal(_hub.Chain, _projection.Blocks);
        Assert.Equal(1, _projection.RollBacks);
    }

    [Fact]
    public async Task A_reorganisation_deeper_than_what_is_remembered_starts_again()
    {
        var projection = new ListProjection(positionsKept: 2);
        var cursor = new LogCursor(_hub, projection, new LogCursorOptions());
        for (var i = 0; i < 10; i++)
        {
            _hub.Append();
            await cursor.AdvanceAsync(default);
        }

        _hub.Reorganize(depth: 8, replacements: 9);
        await cursor.AdvanceAsync(default);

        Assert.Equal(_hub.Chain, projection.Blocks);
    }

    [Fact]
    public async Task A_chain_that_became_shorter_is_believed_after_a_while()
    {
        var cursor = Cursor(new LogCursorOptions { ShorterChainPatience = 3 });
        for (var i = 0; i < 10; i++)
        {
            _hub.Append();
            await cursor.AdvanceAsync(default);
        }

        _hub.Reorganize(depth: 4, replacements: 0);
        for (var i = 0; i < 3; i++)
        {
            Assert.False(await cursor.AdvanceAsync(default));
        }

        Assert.True(await cursor.AdvanceAsync(default));
        Assert.Equal(_hub.Chain, _projection.Blocks);
    }

    [Fact]
    public async Task A_node_that_lags_behind_takes_nothing_back_and_hides_nothing()
    {
        _hub.Append(5);
        var cursor = Cursor();
        await cursor.AdvanceAsync(default);
        _hub.Append(5);

        // The head comes from the fast node, everything after it from the slow one.
        var reads = 0;
        _hub.Lag = () => reads++ == 0 ? 0UL : 5;
        await cursor.AdvanceAsync(default);
        Assert.Equal(_hub.Chain.SkipLast(5), _projection.Blocks);

        // The head comes from the slow node.
        _hub.Lag = () => 7;
        Assert.False(await cursor.AdvanceAsync(default));

        _hub.Lag = () => 0;
        await cursor.AdvanceAsync(default);
        Assert.Equal(_hub.Chain, _projection.Blocks);
        Assert.Equal(0, _projection.RollBacks);
    }

    [Fact]
    public void Whatever_the_chain_and_the_nodes_do_the_model_ends_equal_to_the_chain()
    {
        // Steps: (blocks appended, depth of a reorganisation, lag), the last two also between the reads of one advance.
        var step = Gen.Choose(0, 5).SelectMany(append => Gen.Choose(0, 6).SelectMany(depth => Gen.Choose(0, 4).Select(lag => (append, depth, lag))));
        var runs = step.ListOf().SelectMany(steps => Gen.Choose(1, 7).Select(batch => (Steps: steps, Batch: batch)));
        Prop.ForAll(runs.ToArbitrary(), run => RunAsync([.. run.Steps], (ulong)run.Batch).GetAwaiter().GetResult()).QuickCheckThrowOnFailure();
    }

    private static async Task<bool> RunAsync((int Append, int Depth, int Lag)[] steps, ulong batch)
    {
        var hub = new FakeChainHub();
        var projection = new ListProjection();
        var cursor = new LogCursor(hub, projection, new LogCursorOptions(batch) { ShorterChainPatience = 1 });
        foreach (var (append, depth, lag) in steps)
        {
            hub.Append(append);
            var reads = 0;
            hub.Lag = () => (ulong)(reads % 2 == 0 ? lag : 0);
            hub.OnRead = () =>
            {
                if (++reads == 3)
                {
                    var possible = Math.Min(depth, hub.Chain.Count() - 1);
                    hub.Reorganize(possible, possible + 1);
                }
            };
            await cursor.AdvanceAsync(default);
        }

        (hub.Lag, hub.OnRead) = (() => 0, null);
        for (var i = 0; i < 4; i++)
        {
            await cursor.AdvanceAsync(default);
        }

        return projection.Blocks.SequenceEqual(hub.Chain);
    }

    private LogCursor Cursor(LogCursorOptions? options = null) => new(_hub, _projection, options ?? new LogCursorOptions());
}
