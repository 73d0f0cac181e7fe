using System.CommandLine;
using Iexec.Cli.Frame;
using Iexec.Host.Roles;
using Iexec.Host.Serve;

namespace Iexec.Cli.Commands.Serve;

/// <summary><c>iexec serve</c>: one role in the foreground, until Ctrl-C.</summary>
internal static class ServeGroup
{
    public static void Fill(Command group, CommandFrame frame)
    {
        group.Add(Plain(frame, RoleTable.Market, "the order gateway", (role, _, cancellation) => role.StartMarketAsync(cancellation)));
        group.Add(ServeScheduler.Create(frame));
        group.Add(Storage(frame));
        group.Add(Sms(frame));
        group.Add(Plain(
            frame, RoleTable.Compass, "the compass, which tells where a pool's scheduler answers",
            (role, _, cancellation) => role.StartCompassAsync(cancellation)));
    }

    private static Command Plain(CommandFrame frame, RoleEntry role, string description, Func<SingleRole, CommandContext, CancellationToken, Task> start)
    {
        var options = new ServeOptionSet(role);
        var command = new Command(role.Name, description);
        options.AddTo(command);
        return frame.Bind(command, OptionBlocks.Chain, context => ServeRun.RunAsync(context, role, options.Chain, options.Read(context), start));
    }

    private static Command Sms(CommandFrame frame)
    {
        var key = new Option<string?>("--key-file")
        {
            Description = "key of the store, made on the first start (default: a file beside the role's folder)", HelpName = "file",
        };
        var command = Plain(
            frame, RoleTable.Sms, "the secret service",
            (role, context, cancellation) => role.StartSmsAsync(
                context.Get(key) is { Length: > 0 } file ? Path.GetFullPath(file, context.Environment.WorkingFolder) : null, cancellation));
        command.Add(key);
        return command;
    }

    private static Command Storage(CommandFrame frame)
    {
        var uploads = new Option<bool>("--allow-uploads") { Description = "let everybody add files, not workers their results alone" };
        var command = Plain(
            frame, RoleTable.Storage, "results: the IPFS gateway and the result proxy, at one port",
            (role, context, cancellation) => role.StartStorageAsync(context.Get(uploads), cancellation));
        command.Add(uploads);
        return command;
    }
}
