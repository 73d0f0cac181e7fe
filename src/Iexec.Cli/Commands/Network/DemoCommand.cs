using System.CommandLine;
using System.Text.Json.Nodes;
using Iexec.Cli.Frame;
using Iexec.Host.Images;
using Iexec.Host.Network;
using Iexec.Sdk.Chains;
using Iexec.Sdk.Project;

namespace Iexec.Cli.Commands.Network;

/// <summary>
/// <c>iexec demo</c>: buys a ray-traced picture on the local network. Uses a network that is up, else starts one and stops it at the end; its
/// project folder stays, with wallets, orders and the result.
/// </summary>
internal static class DemoCommand
{
    public static void Fill(Command command, CommandFrame frame)
    {
        var options = new NetworkOptionSet();
        options.AddAllTo(command);
        var folder = new Option<string>("--folder") { Description = "project folder of the demo", HelpName = "folder", DefaultValueFactory = _ => "iexec-demo" };
        command.Add(folder);
        frame.Bind(command, OptionBlocks.None, async context =>
        {
            var network = options.Read(context);
            var project = new ProjectFolder(Path.GetFullPath(context.Get(folder)!, context.Environment.WorkingFolder));
            Directory.CreateDirectory(project.Path);
            if (NetworkStatus.FindRunning(network.ChainFolder) is { } running)
            {
                context.Note($"using the network that is up (process {running.ProcessId})");
                await using var workplace = await SampleWorkshop.OpenAsync(network, running, context.Time, context.Cancellation);
                await RunAsync(context, project, network, running, () => workplace.BuildSampleAsync(SampleImage.Povray, Output(context), context.Cancellation), isOurs: false);
                return;
            }

            var started = context.Time.GetTimestamp();
            await using var own = await LocalNetwork.StartAsync(network, new StepNotes(context), context.Entropy, context.Time, context.Cancellation);
            context.Note($"the network is up after {context.Time.GetElapsedTime(started).TotalSeconds:0.0} s");
            await RunAsync(context, project, network, own.Status, () => own.BuildSampleAsync(SampleImage.Povray, Output(context), context.Cancellation), isOurs: true);
        });
    }

    private static async Task RunAsync(
        CommandContext context, ProjectFolder project, NetworkOptions network, NetworkStatus status, Func<Task<BuiltSample>> build, bool isOurs)
    {
        LocalNetwork.WriteChainEntry(project.Chain.Path, status, forOlderClients: false);
        var settings = ChainFile.Read(project.Chain).Resolve("dev");
        var chain = await ChainConnection.OpenAsync(settings, context.Http, context.Cancellation);
        var demo = new Demo(context, chain, project, status.Workers);
        var result = await demo.RunAsync(await demo.StepAsync("image", build, image => image.ToString()));
        var fields = new JsonObject
        {
            ["dealid"] = result.Deal.ToString(),
            ["taskid"] = result.Task.ToString(),
            ["digest"] = result.Digest.ToString(),
            ["resultPath"] = result.ArchivePath,
            ["picturePath"] = result.PicturePath,
        };
        context.Succeed(fields, output =>
        {
            var computed = result.Workers switch
            {
                1 => "A worker computed the picture and was paid.",
                2 => "Two workers computed the picture, agreed on it, and were paid.",
                var many => $"{many} workers computed the picture, agreed on it, and were paid.",
            };
            context.Tick(output, $"{computed} The downloaded result has the digest of the chain.");
            context.Show(output, fields);
            output.WriteLine();
            var wrapper = Path.GetRelativePath(project.Path, Path.Combine(ProductFolder.Find(), "iexec"));
            output.WriteLine("Try next:");
            output.WriteLine($"  cd {Path.GetRelativePath(context.Environment.WorkingFolder, project.Path)}    # the demo's project: wallet, app, scene, result");
            if (isOurs)
            {
                output.WriteLine($"  {wrapper} up --detach{network.NamingArguments}    # the network again, with this deal on its chain");
            }

            output.WriteLine($"  {wrapper} deal show {result.Deal}");
            output.WriteLine($"  {wrapper} orderbook workerpool --category 0");
            output.WriteLine($"  {wrapper} down{network.NamingArguments}");
        });
    }

    private static IProgress<string> Output(CommandContext context) => new BuildNotes(context);

    /// <summary>Of a build's many lines only its stages are of interest.</summary>
    private sealed class BuildNotes(CommandContext context) : IProgress<string>
    {
        public void Report(string value)
        {
            if (!value.StartsWith(' ') && value.Length is > 0 and < 160 && !value.StartsWith("Step", StringComparison.Ordinal) && char.IsLower(value[0]))
            {
                context.Note($"  {value}");
            }
        }
    }
}
