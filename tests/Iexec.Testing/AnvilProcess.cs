using System.Diagnostics;
using System.Globalization;
using Iexec.Ethereum;
using Iexec.Ethereum.Abi;
using Iexec.Ethereum.Crypto;
using Iexec.Ethereum.JsonRpc;
using Xunit;

namespace Iexec.Testing;

/// <summary>
/// How a test wants its chain. <see cref="BlockTimeSeconds"/> 0 mines each transaction at once; null mines only on
/// <see cref="AnvilProcess.MineAsync"/>, so that a test decides what is in which block.
/// </summary>
public sealed record AnvilOptions(ulong ChainId = 65535, int? BlockTimeSeconds = null, params IReadOnlyList<string> ExtraArguments);

/// <summary>
/// A development chain of its own for a test: on a free port that the system chose, with ten accounts of 10,000 ether each,
/// ended with the test or, at the latest, with the test process.
/// </summary>
public sealed class AnvilProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly HttpClient _http = new();

    private AnvilProcess(Process process, Uri url, RevertDecoder? reverts)
    {
        _process = process;
        Url = url;
        Eth = new EthClient(new JsonRpcClient(_http, url, reverts));
        AppDomain.CurrentDomain.ProcessExit += OnExit;
    }

    /// <summary>Where the node listens, on loopback.</summary>
    public Uri Url { get; }

    /// <summary>A client of the node.</summary>
    public EthClient Eth { get; }

    /// <summary>The funded accounts of the well-known mnemonic "test test test … junk": worthless everywhere else.</summary>
    public static IReadOnlyList<PrivateKey> Keys { get; } =
    [
        PrivateKey.Parse("ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80"),
        PrivateKey.Parse("59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d"),
        PrivateKey.Parse("5de4111afa1a4b94908f83103eb1f1706367c2e68ca870fc3fb9a804cdab365a"),
        PrivateKey.Parse("7c852118294e51e653712a81e05800f419141751be58f605c371e15141b007a6"),
        PrivateKey.Parse("47e179ec197488593b187f80a00eb0da91f1b9d0b13f8733639f19c30a34926a"),
        PrivateKey.Parse("8b3a350cf5c34c9194ca85829a2df0ec3153be0318b5e2d3348e872092edffba"),
        PrivateKey.Parse("92db14e403b83dfe3df233f83dfa3a0d7096f21ca9b0d6d6b8d88b2b4ec1564e"),
        PrivateKey.Parse("4bbbf85ce3377467afe5d46f804f221813b2bb87f24d81f60f1fcdbf7cbf4356"),
        PrivateKey.Parse("dbda1821b80551c9d65939329250298aa3472ba22feea921c0cf5d620ea67b97"),
        PrivateKey.Parse("2a871d0798f97d79848a013d4936a73bf4cc922c825d33c1cf7073dff6d409c6"),
    ];

    /// <summary>Starts the node and waits until it says where it listens.</summary>
    public static async Task<AnvilProcess> StartAsync(AnvilOptions? options = null, RevertDecoder? reverts = null)
    {
        var process = Process.Start(new ProcessStartInfo(AnvilBinary.Path, Arguments(options ?? new AnvilOptions()))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        try
        {
            var url = await ReadUrlAsync(process);

            // An unread pipe fills up and stops the node. These end with it.
            _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
            _ = process.StandardError.BaseStream.CopyToAsync(Stream.Null);
            return new AnvilProcess(process, url, reverts);
        }
        catch
        {
            process.Kill(entireProcessTree: true);
            process.Dispose();
            throw;
        }
    }

    /// <summary>Mines blocks, with everything that is pending in the first.</summary>
    public Task MineAsync(int blocks = 1) => RpcAsync("anvil_mine", $"[{blocks.ToString(CultureInfo.InvariantCulture)}]");

    /// <summary>Moves the clock of the chain forward and mines a block at the new time.</summary>
    public async Task AdvanceTimeAsync(TimeSpan time)
    {
        await RpcAsync("evm_increaseTime", $"[{((long)time.TotalSeconds).ToString(CultureInfo.InvariantCulture)}]");
        await MineAsync();
    }

    /// <summary>Gives an account its balance, in wei.</summary>
    public Task SetBalanceAsync(Address account, UInt256 wei) =>
        RpcAsync("anvil_setBalance", $"[\"{account.ToHex()}\",\"{wei.ToQuantity()}\"]");

    /// <summary>Any other method of the node.</summary>
    public Task RpcAsync(string method, string parameters) => Eth.Rpc.CallAsync(new RpcCall(method, parameters), CancellationToken.None);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnExit;
        _http.Dispose();
        Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private void OnExit(object? sender, EventArgs e) => Kill();

    private void Kill()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }
    }

    private static async Task<Uri> ReadUrlAsync(Process process)
    {
        const string Listening = "Listening on ";
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith(Listening, StringComparison.Ordinal))
            {
                return new Uri("http://" + line[Listening.Length..].Trim());
            }
        }

        throw new InvalidOperationException($"anvil did not start: {await process.StandardError.ReadToEndAsync()}");
    }

    private static IEnumerable<string> Arguments(AnvilOptions options) =>
    [
        "--host", "127.0.0.1",
        "--port", "0",
        "--chain-id", options.ChainId.ToString(CultureInfo.InvariantCulture),

        // Else the state of every block stays on disk, gigabytes for a long test, even after the end of the process.
        "--prune-history", "64",
        .. options.BlockTimeSeconds switch
        {
            null => ["--no-mining"],
            0 => Array.Empty<string>(),
            { } seconds => ["--block-time", seconds.ToString(CultureInfo.InvariantCulture)],
        },
        .. options.ExtraArguments,
    ];
}

/// <summary>One node for the tests of a class (<c>IClassFixture&lt;AnvilFixture&gt;</c>); blocks are mined on demand.</summary>
public sealed class AnvilFixture : IAsyncLifetime
{
    /// <summary>The node.</summary>
    public AnvilProcess Anvil { get; private set; } = null!;

    /// <inheritdoc/>
    public async Task InitializeAsync() => Anvil = await AnvilProcess.StartAsync();

    /// <inheritdoc/>
    public Task DisposeAsync() => Anvil.DisposeAsync().AsTask();
}
