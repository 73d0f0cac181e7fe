using System.CommandLine;
using System.Text.Json.Nodes;
using Iexec.Cli.Frame;
using Iexec.Poco.Registries;
using Iexec.Sdk.Project;
using Iexec.Sdk.Registry;

namespace Iexec.Cli.Commands.Registry;

internal static class RegistryGroup
{
    public static void Fill(Command group, CommandFrame frame)
    {
        var kind = new Argument<string>("kind") { Description = "app, dataset or workerpool" };
        kind.AcceptOnlyFromAmong("app", "dataset", "workerpool");
        group.Add(frame.Bind(new Command("validate", "check description, logo and deployment of an asset") { kind }, OptionBlocks.None, context =>
        {
            var report = new RegistryValidation(context.Project).Run(Enum.GetValues<AssetKind>().First(known => known.JsonName() == context.Get(kind)));
            var fields = new JsonObject { ["validated"] = new JsonArray([.. report.Validated.Select(name => (JsonNode?)name)]) };
            if (report.Failures.Count == 0)
            {
                fields["fail"] = new JsonArray();
            }

            context.Report(fields, report.Failures, output =>
            {
                foreach (var name in report.Validated)
                {
                    context.Tick(output, $"{name}");
                }
            });
            return Task.CompletedTask;
        }));
    }
}
