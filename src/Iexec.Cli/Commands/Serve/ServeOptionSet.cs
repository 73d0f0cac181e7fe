using System.CommandLine;
using System.Data.Common;
using Iexec.Cli.Frame;
using Iexec.Host.Keys;
using Iexec.Host.Roles;
using Iexec.Host.Serve;
using Iexec.Sdk.Errors;

namespace Iexec.Cli.Commands.Serve;

/// <summary>Options of every role that answers HTTP: where it listens, who may speak to it, where it keeps its state.</summary>
internal sealed class ServeOptionSet(RoleEntry role)
{
    private readonly Option<string> _listen = new("--listen")
    {
        Description = "address to listen on; beyond loopback only with a certificate or behind a proxy", HelpName = "address",
        DefaultValueFactory = _ => "127.0.0.1",
    };
    private readonly Option<int> _port = new("--port")
    {
        Description = "port to listen on; 0 for a free one", HelpName = "port", DefaultValueFactory = _ => role.Port!.Default,
    };
    private readonly Option<string?> _certificate = new("--certificate") { Description = "certificate for TLS: PKCS#12 or PEM", HelpName = "file" };
    private readonly Option<string?> _certificateKey = new("--certificate-key") { Description = "private key of a PEM certificate", HelpName = "file" };
    private readonly Option<string?> _certificatePassword = new("--certificate-password-file")
    {
        Description = "file whose first line opens the certificate or its key", HelpName = "file",
    };
    private readonly Option<string[]> _proxies = new("--behind-proxy")
    {
        Description = "addresses of the reverse proxies that do TLS; only their X-Forwarded headers are believed", HelpName = "addresses",
    };
    private readonly Option<string[]> _hosts = new("--allowed-hosts") { Description = "host names that requests may carry", HelpName = "names" };
    private readonly Option<string?> _store = new("--store")
    {
        Description = "connection string of the store, without password (default: a file of the state)", HelpName = "text",
    };
    private readonly Option<string?> _storeFile = new("--store-file") { Description = "file whose first line is the connection string", HelpName = "file" };
    private readonly Option<ulong> _start = new("--start-block") { Description = "block of the hub's deployment, where reading starts", HelpName = "block" };
    private readonly Option<ulong> _confirmations = new("--confirmations") { Description = "blocks to stay behind the head", HelpName = "blocks" };

    public ChainOptions Chain { get; } = new();

    public void AddTo(Command command)
    {
        Chain.AddTo(command);
        foreach (var option in new Option[] { _listen, _port, _certificate, _certificateKey, _certificatePassword, _proxies, _hosts })
        {
            command.Add(option);
        }

        if (role.Store == RoleStore.Database)
        {
            command.Add(_store);
            command.Add(_storeFile);
        }

        if (FollowsChain)
        {
            command.Add(_start);
            command.Add(_confirmations);
        }
    }

    public ServeOptions Read(CommandContext context)
    {
        var listen = new ListenOptions
        {
            Address = Values.ListenAddress(context.Get(_listen)!),
            Port = context.Get(_port) is >= 0 and <= 65535 and var port
                ? port
                : throw new IexecException(ErrorCode.ValidationError, $"--port: {context.Get(_port)} is no port"),
            Certificate = FileOf(context, _certificate),
            CertificateKey = FileOf(context, _certificateKey),
            CertificatePasswordFile = FileOf(context, _certificatePassword),
            BehindProxy = Values.Addresses(context.Get(_proxies), "--behind-proxy"),
            AllowedHosts = Values.Many(context.Get(_hosts)),
        };
        return new ServeOptions
        {
            Listen = listen,
            StateFolder = Chain.StateFolder(context),
            Store = role.Store == RoleStore.Database ? Store(context) : null,
            StartBlock = FollowsChain ? context.Get(_start) : 0,
            Confirmations = FollowsChain ? context.Get(_confirmations) : 0,
            Log = context.Environment.Error,
        };
    }

    private bool FollowsChain => role == RoleTable.Market || role == RoleTable.Scheduler;

    private string? Store(CommandContext context)
    {
        var written = context.Get(_store);
        if (FileOf(context, _storeFile) is { } file)
        {
            return written is null
                ? SecretFile.ReadLine(file, "Its first line is the connection string.")
                : throw new IexecException(ErrorCode.ValidationError, "--store and --store-file exclude each other");
        }

        return written is null || !HoldsPassword(written)
            ? written
            : throw new IexecException(
                ErrorCode.ValidationError, "--store holds a password, which every user of this machine can read in the list of processes.",
                "Write the connection string into a file that only you can read, and give it with --store-file <file>.");
    }

    private static bool HoldsPassword(string connectionString)
    {
        try
        {
            var values = new DbConnectionStringBuilder { ConnectionString = connectionString };
            return values.Keys.Cast<string>().Any(key =>
                key.Contains("password", StringComparison.OrdinalIgnoreCase) || key.Equals("pwd", StringComparison.OrdinalIgnoreCase));
        }
        catch (ArgumentException)
        {
            // Opening it says what is wrong.
            return false;
        }
    }

    private static string? FileOf(CommandContext context, Option<string?> option) =>
        context.Get(option) is { Length: > 0 } file ? Path.GetFullPath(file, context.Environment.WorkingFolder) : null;
}
