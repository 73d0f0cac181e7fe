using System.CommandLine;
using Iexec.Cli.Commands.Serve;
using Iexec.Cli.Frame;
using Iexec.Host.Roles;
using Iexec.Host.Serve;
using Iexec.Sdk.Errors;

namespace Iexec.Cli.Commands.Worker;

/// <summary><c>iexec worker start</c>: one worker in the foreground, until Ctrl-C.</summary>
internal static class WorkerStart
{
    private const long MiB = 1L << 20;
    private const int SmallestMiB = 64;

    public static Command Create(CommandFrame frame)
    {
        var chain = new ChainOptions();
        var keys = new KeyFileOptions("the worker's wallet");
        var pool = new Option<string>("--pool") { Description = "the pool's scheduler", HelpName = "url", Required = true };
        var workerpool = new Option<string?>("--workerpool") { Description = "the pool that must be there", HelpName = "address" };
        var name = new Option<string?>("--name") { Description = "a name for humans", HelpName = "name" };
        var slots = new Option<int?>("--slots") { Description = "tasks at the same time (default: one less than the cores)", HelpName = "number" };
        var memory = new Option<int?>("--memory") { Description = "memory of one task (default: 2048)", HelpName = "MiB" };
        var network = new Option<bool>("--allow-network") { Description = "let apps reach the internet" };
        var root = new Option<bool>("--allow-root") { Description = "let apps run as the user of their image; they stay confined" };
        var registries = new Option<string[]>("--registry") { Description = "registry allowed although its address is private; repeatable", HelpName = "host:port" };
        var origins = new Option<string[]>("--storage-origin")
        {
            Description = "origin of files allowed although its address is private; repeatable", HelpName = "url",
        };
        var command = new Command("start", "run a worker of a pool");
        foreach (var option in new Option[] { pool, workerpool, name, slots, memory, network, root, registries, origins })
        {
            command.Add(option);
        }

        keys.AddTo(command);
        chain.AddTo(command);
        return frame.Bind(command, OptionBlocks.Chain, context =>
        {
            var worker = new WorkerServeOptions(Values.Url(context.Get(pool), "--pool")!, keys.Read(context))
            {
                Workerpool = context.Get(workerpool) is { } address ? Values.Address(address, "--workerpool") : null,
                Name = context.Get(name),
                Slots = AtLeast(context.Get(slots), 1, "--slots"),
                MemoryBytes = AtLeast(context.Get(memory), SmallestMiB, "--memory") * MiB,
                AllowNetwork = context.Get(network),
                AllowRoot = context.Get(root),
                Registries = Values.Many(context.Get(registries)),
                StorageOrigins = [.. Values.Many(context.Get(origins)).Select(url => Values.Url(url, "--storage-origin")!)],
            };
            var options = new ServeOptions { StateFolder = chain.StateFolder(context), Log = context.Environment.Error };
            return ServeRun.RunAsync(context, RoleTable.Worker, chain, options, (role, _, cancellation) => role.StartWorkerAsync(worker, cancellation));
        });
    }

    private static int? AtLeast(int? value, int least, string option) => value is null || value >= least
        ? value
        : throw new IexecException(ErrorCode.ValidationError, $"{option} must be at least {least}");
}
