using Iexec.Host.Network;
using Iexec.Sdk.Errors;
using Iexec.Testing;
using Xunit;

namespace Tests.Unit.Host.Network;

public sealed class NetworkResetTests : IDisposable
{
    private readonly TemporaryFolder _state = new();
    private readonly NetworkOptions _options;

    public NetworkResetTests()
    {
        _options = new NetworkOptions { ChainId = 5, ProductFolder = _state.Path, StateFolder = _state.Path };
        Write("market/market.db");
        Write("scheduler/key.json");
        Write("serve/scheduler-0x1/scheduler.db");
        Write("serve/scheduler-0x1/tasks/one");
        Write("serve/keys/sms.key");
    }

    public void Dispose() => _state.Dispose();

    [Fact]
    public void State_goes_and_keys_of_roles_stay()
    {
        NetworkReset.Run(_options);

        Assert.Equal(["scheduler/key.json"], Files());
    }

    [Fact]
    public void While_a_single_role_runs_there_nothing_is_cleared()
    {
        var before = Files();
        using (FolderLock.Take(Path.Combine(_options.ChainFolder, "serve", "scheduler-0x1"), ""))
        {
            var error = Assert.Throws<IexecException>(() => NetworkReset.Run(_options));
            Assert.Contains("scheduler-0x1", error.Message, StringComparison.Ordinal);
            Assert.Contains("End it first", error.Hint, StringComparison.Ordinal);
            Assert.Equal(before, Files());
        }

        NetworkReset.Run(_options);
        Assert.Equal(["scheduler/key.json"], Files());
    }

    [Fact]
    public void While_the_network_runs_nothing_is_cleared()
    {
        var before = Files();
        using var running = FolderLock.Take(_options.ChainFolder, "");
        var error = Assert.Throws<IexecException>(() => NetworkReset.Run(_options));
        Assert.EndsWith($"Stop it with: iexec down --chain-id {_options.ChainId} --state {_options.StateFolder}", error.Hint, StringComparison.Ordinal);
        Assert.Equal(before, Files());
    }

    [Fact]
    public void The_usual_network_needs_no_naming() =>
        Assert.Equal("", new NetworkOptions { StateFolder = NetworkOptions.DefaultStateFolder(), ProductFolder = "/" }.NamingArguments);

    private void Write(string path)
    {
        var file = Path.Combine(_options.ChainFolder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, "something");
    }

    private List<string> Files() =>
    [
        .. Directory.EnumerateFiles(_options.ChainFolder, "*", SearchOption.AllDirectories)
            .Where(static file => Path.GetFileName(file) != FolderLock.FileName)
            .Select(file => Path.GetRelativePath(_options.ChainFolder, file).Replace('\\', '/'))
            .Order(StringComparer.Ordinal),
    ];
}
