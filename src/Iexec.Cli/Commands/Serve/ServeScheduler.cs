using System.CommandLine;
using Iexec.Cli.Frame;
using Iexec.Host.Roles;
using Iexec.Host.Serve;

namespace Iexec.Cli.Commands.Serve;

/// <summary><c>iexec serve scheduler</c>: gives a pool's tasks to its workers; run by the pool's owner.</summary>
internal static class ServeScheduler
{
    public static Command Create(CommandFrame frame)
    {
        var options = new ServeOptionSet(RoleTable.Scheduler);
        var keys = new KeyFileOptions("the pool's owner");
        var pool = new Option<string>("--workerpool") { Description = "the pool's address", HelpName = "address", Required = true };
        var proxy = new Option<string?>("--result-proxy")
        {
            Description = "where workers upload results (default: resultProxy of the chain)", HelpName = "url",
        };
        var gateway = new Option<string?>("--ipfs-gateway")
        {
            Description = "where results are looked up (default: ipfsGateway of the chain)", HelpName = "url",
        };
        var publicUrl = new Option<string?>("--public-url") { Description = "where clients and workers reach this scheduler", HelpName = "url" };
        var compass = new Option<string?>("--compass") { Description = "where that is made known (default: compass of the chain)", HelpName = "url" };
        var age = new Option<int>("--max-head-age")
        {
            Description = "give out no tasks while the newest block is older than this; 0 for a chain that makes blocks only on demand",
            HelpName = "seconds",
            DefaultValueFactory = _ => 60,
        };
        var command = new Command(RoleTable.Scheduler.Name, "the scheduler of a worker pool");
        foreach (var option in new Option[] { pool, proxy, gateway, publicUrl, compass, age })
        {
            command.Add(option);
        }

        keys.AddTo(command);
        options.AddTo(command);
        return frame.Bind(command, OptionBlocks.Chain, context => ServeRun.RunAsync(
            context, RoleTable.Scheduler, options.Chain, options.Read(context),
            (role, _, cancellation) => role.StartSchedulerAsync(
                new SchedulerServeOptions(Values.Address(context.Get(pool)!, "--workerpool"), keys.Read(context))
                {
                    ResultProxy = Values.Url(context.Get(proxy), "--result-proxy"),
                    IpfsGateway = Values.Url(context.Get(gateway), "--ipfs-gateway"),
                    PublicUrl = Values.Url(context.Get(publicUrl), "--public-url"),
                    Compass = Values.Url(context.Get(compass), "--compass"),
                    MaximumHeadAge = context.Get(age) is > 0 and var seconds ? TimeSpan.FromSeconds(seconds) : null,
                },
                cancellation)));
    }
}
