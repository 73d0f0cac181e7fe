using System.Text;
using Iexec.Ethereum;
using Iexec.Host.Chain;
using Iexec.Sdk.Errors;
using Iexec.Testing;
using Iexec.Testing.Chain;
using Xunit;

namespace Tests.Unit.Host.Chain;

public sealed class ChainDumpTests : IDisposable
{
    private static readonly Address Hub = TestAddress.Of(1);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Nothing_saved_is_nothing_to_load()
    {
        Assert.False(Dump().Exists);
        Assert.Null(Dump().Load());
        Assert.Null(Dump().SavedBlock);
    }

    [Fact]
    public void Newest_of_two_generations_is_loaded()
    {
        Save("old", 1);
        Save("new", 2);

        Assert.Equal("new", Load());
        Assert.Equal(2ul, Dump().SavedBlock);
        Assert.True(File.Exists(Previous));
    }

    [Fact]
    public void State_may_be_empty_and_may_hold_line_ends()
    {
        Save("\n\n", 1);
        Assert.Equal("\n\n", Load());
        Save("", 2);
        Assert.Equal("", Load());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(40)]
    [InlineData(-1)]
    public void Torn_newest_dump_gives_way_to_the_one_before(int length)
    {
        Save("old", 1);
        Save("new", 2);
        Tear(Current, length);

        Assert.Equal("old", Load());
        Assert.Equal(1ul, Dump().SavedBlock);
    }

    [Fact]
    public void Flipped_bit_is_noticed()
    {
        Save("old", 1);
        Save("new", 2);
        var bytes = File.ReadAllBytes(Current);
        bytes[^1] ^= 1;
        File.WriteAllBytes(Current, bytes);

        Assert.Equal("old", Load());
    }

    [Fact]
    public void Torn_dump_does_not_push_out_the_whole_one_when_the_next_is_saved()
    {
        Save("old", 1);
        Save("new", 2);
        Tear(Current, -1);

        Save("newest", 3);
        Tear(Current, -1);

        Assert.Equal("old", Load());
    }

    [Fact]
    public void Crash_between_the_two_renames_loses_nothing()
    {
        Save("old", 1);
        Save("new", 2);
        File.Move(Current, Path.Combine(_folder.Path, "chain.dump.next"));

        Assert.True(Dump().Exists);
        Assert.Equal("new", Load());
    }

    [Fact]
    public void Two_torn_generations_are_an_error_that_names_the_way_out()
    {
        Save("old", 1);
        Save("new", 2);
        Tear(Current, -1);
        Tear(Previous, 10);

        var error = Assert.Throws<IexecException>(() => Dump().Load());

        Assert.Equal(ErrorCode.ConfigurationError, error.Code);
        Assert.Contains("damaged", error.Message, StringComparison.Ordinal);
        Assert.Contains("iexec up --reset", error.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void Dump_of_other_contracts_is_refused_with_both_addresses()
    {
        Save("state", 1);

        var error = Assert.Throws<IexecException>(() => new ChainDump(_folder.Path, 65535, TestAddress.Of(2)).Load());

        Assert.Contains(Hub.ToString(), error.Message, StringComparison.Ordinal);
        Assert.Contains(TestAddress.Of(2).ToString(), error.Message, StringComparison.Ordinal);
        Assert.Contains("iexec up --reset", error.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void Dump_of_another_chain_is_refused_with_its_id()
    {
        Save("state", 1);

        var error = Assert.Throws<IexecException>(() => new ChainDump(_folder.Path, 1337, Hub).Load());

        Assert.Contains("65535", error.Message, StringComparison.Ordinal);
        Assert.Contains("--chain-id 65535", error.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void Dump_of_an_unknown_format_is_not_loaded()
    {
        File.WriteAllText(Current, "{\"format\":2,\"chainId\":65535}\nstate");

        Assert.Throws<IexecException>(() => Dump().Load());
    }

    [Fact]
    public void What_a_killed_writer_left_is_removed_and_nothing_else()
    {
        Save("state", 1);
        File.WriteAllText(_folder.File(".chain.dump.next.1234.tmp"), "half");
        File.WriteAllText(_folder.File("anvil.pid"), "1 2 anvil");

        Dump().RemoveUnfinished();

        Assert.Equal(["anvil.pid", "chain.dump"], Directory.EnumerateFiles(_folder.Path).Select(Path.GetFileName).Order());
    }

    private string Current => _folder.File("chain.dump");

    private string Previous => _folder.File("chain.dump.1");

    // Each use is a process of its own.
    private ChainDump Dump() => new(_folder.Path, 65535, Hub);

    private void Save(string state, ulong block) => Dump().Save(Encoding.UTF8.GetBytes(state), block);

    private string Load() => Encoding.UTF8.GetString(Dump().Load()!);

    private static void Tear(string path, int length)
    {
        using var file = File.OpenWrite(path);
        file.SetLength(length < 0 ? file.Length + length : length);
    }
}
