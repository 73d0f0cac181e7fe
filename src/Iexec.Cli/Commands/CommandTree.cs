using System.CommandLine;
using System.CommandLine.Help;
using Iexec.Cli.Frame;
using Iexec.Cli.Output;
using Iexec.Poco.Registries;
using Iexec.Sdk.Errors;

namespace Iexec.Cli.Commands;

/// <summary>Every command of the program. A group is one line here and one folder beside this file.</summary>
internal static class CommandTree
{
    private const string Title = "iexec: a decentralized marketplace for computing";

    private static readonly CommandSection[] Sections =
    [
        new(
            "Start",
            new("demo", "buy a computation on a network of your own and see its result", Network.DemoCommand.Fill),
            new("run", "from a folder or an image to a result on disk", Run.RunCommand.Fill),
            new("init", "prepare a folder: iexec.json, chain.json, a wallet", InitCommand.Fill),
            new("info", "show the network's contracts", InfoCommand.Fill)),
        new(
            "A network on this machine",
            new("up", "start the whole network on this machine", Network.UpCommand.Fill),
            new("down", "stop the network of this machine", Network.DownCommand.Fill),
            new("status", "show what runs of the network of this machine", Network.StatusCommand.Fill)),
        new(
            "Wallet and account",
            new("wallet", "make, import and show wallets, send money", Wallet.WalletGroup.Fill),
            new("account", "the escrow account: show, deposit, withdraw, allow", Account.AccountGroup.Fill)),
        new(
            "Buy",
            new("orderbook", "what is on offer", Orderbook.OrderbookGroup.Fill),
            new("estimate", "what an execution would cost, without buying it", Assets.AppRun.FillEstimate),
            new("order", "sign, publish and fill orders", Order.OrderGroup.Fill),
            new("deal", "purchases and their tasks", Deal.DealGroup.Fill),
            new("task", "executions: status, result, logs, claim", Tasks.TaskGroup.Fill),
            new("result", "results that only their beneficiary can read", Result.ResultGroup.Fill),
            new("requester", "secrets for your executions", Requester.RequesterGroup.Fill),
            new("storage", "where results go, and files for everyone", Storage.StorageGroup.Fill)),
        new(
            "Offer",
            Assets.AssetGroup.Of(AssetKind.App, "applications: describe, register, offer, run"),
            Assets.AssetGroup.Of(AssetKind.Dataset, "datasets: describe, encrypt, register, offer"),
            Assets.AssetGroup.Of(AssetKind.Workerpool, "worker pools: describe, register, offer"),
            new("category", "classes of execution time", Category.CategoryGroup.Fill),
            new("group", "groups of accounts, for the restrictions of orders", Group.GroupGroup.Fill),
            new("registry", "check a description before it is shown to others", Registry.RegistryGroup.Fill)),
        new(
            "Run services",
            new("serve", "run one service of a network", Serve.ServeGroup.Fill),
            new("worker", "run a worker of a pool", Worker.WorkerGroup.Fill)),
        new(
            "Names of older versions",
            new("work", "the name that version 2 had for a task", Tasks.TaskGroup.FillWork),
            new("tee", "names that older versions had for encryption", Former.TeeGroup.Fill),
            new("ens", "names for addresses, of versions 7 and 8 (not on this network)", Former.EnsGroup.Fill),
            new("voucher", "executions that a sponsor pays, of version 8 (not on this network)", Former.VoucherGroup.Fill)),
        new(
            "Shell",
            new("completion", "a script that completes commands in your shell; its first line says where it goes", Shell.CompletionCommand.Fill),
            new("complete", "candidates for a shell", Shell.CompletionCommand.FillComplete) { IsHidden = true },
            new("reference", "the page of all commands", Shell.ReferencePage.Fill) { IsHidden = true }),
    ];

    /// <summary>The root with everything filled: for completion and for the reference.</summary>
    public static RootCommand BuildAll(CommandFrame frame)
    {
        var root = Root(frame);
        AddTo(root, group => group.Create(frame, called: true));

        return root;
    }

    /// <summary>The root with all groups, of which only the called one is filled.</summary>
    public static RootCommand Build(IReadOnlyList<string> args, CommandFrame frame)
    {
        var root = Root(frame);
        AddTo(root, group => group.Create(frame, called: args.Count > 0 && args[0] == group.Name));

        return root;
    }

    /// <summary>
    /// The error of a first word that is no command. The parser would look for it among the words that follow, and takes its own name for the root.
    /// </summary>
    public static IexecException? FindUnknown(IReadOnlyList<string> args)
    {
        foreach (var section in Sections)
        {
            foreach (var group in section.Groups)
            {
                if (group.Name == args[0])
                {
                    return null;
                }
            }
        }

        return args[0] is "--raw" or "--quiet" ? new IexecException(ErrorCode.ValidationError, "a command is missing", "See: iexec --help")
            : UsageError.OfUnknown(args[0], Sections.SelectMany(section => section.Groups).Where(group => !group.IsHidden).Select(group => group.Name));
    }

    /// <summary>The help of the program. It is written here: to have it written would need the whole of the parser, and take as long as a command.</summary>
    public static void WriteHelp(TextWriter output, Style style)
    {
        output.WriteLine(Title);
        output.WriteLine();
        output.WriteLine($"{style.Heading("Usage:")} iexec <command> [options]");
        foreach (var section in Sections)
        {
            output.WriteLine();
            output.WriteLine(style.Heading(section.Title + ":"));
            foreach (var group in section.Groups)
            {
                if (!group.IsHidden)
                {
                    output.WriteLine($"  {group.Name,-12}{group.Description}");
                }
            }
        }

        output.WriteLine();
        output.WriteLine(style.Heading("Options:"));
        output.WriteLine("  --help      show this; with a command, what it takes: iexec wallet --help");
        output.WriteLine("  --version   show the version");
        output.WriteLine("  --raw       with any command: the result as one line of JSON");
    }

    private static RootCommand Root(CommandFrame frame)
    {
        var root = new RootCommand(Title);
        foreach (var option in root.Options)
        {
            if (option is HelpOption help)
            {
                help.Action = frame.Help;
            }
        }

        return root;
    }

    private static void AddTo(RootCommand root, Func<CommandGroup, Command> create)
    {
        foreach (var section in Sections)
        {
            foreach (var group in section.Groups)
            {
                root.Add(create(group));
            }
        }
    }

    private sealed record CommandSection(string Title, params CommandGroup[] Groups);
}
