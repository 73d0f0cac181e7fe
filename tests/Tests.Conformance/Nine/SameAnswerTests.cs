using System.Text.Json.Nodes;
using Iexec.Testing.Cli;
using Tests.Conformance.Clients;
using Xunit;

namespace Tests.Conformance.Nine;

/// <summary>Asked the same in the same project, our command line answers what the official one does: members, values and their types.</summary>
[Collection(NineBuyerCollection.Name)]
public sealed class SameAnswerTests(NineBuyer buyer) : IDisposable
{
    private readonly ClientProject _project = buyer.Project;
    private readonly CliRunner _cli = new() { Network = static () => new SocketsHttpHandler() };

    [Fact]
    public async Task Both_command_lines_answer_the_same()
    {
        var app = await buyer.AppAsync();
        await buyer.PoolAsync();
        await _project.DoAsync("workerpool publish --price 3 nRLC --volume 2 --force");
        var order = (string)(await _project.DoAsync("app publish --price 1 nRLC --volume 2 --force"))["orderHash"]!;
        var made = await _project.DoAsync("app run --workerpool deployed --skip-preflight-check --force");
        foreach (var file in Directory.EnumerateFiles(_project.Folder, "*.json"))
        {
            File.Copy(file, _cli[Path.GetFileName(file)]);
        }

        foreach (var command in new[]
        {
            "info", "wallet show", $"wallet show {app}", "account show", "app show", $"app show {app}", "app count", "workerpool show", "category show 0", "category count",
            "requester check-secret nothing", "storage check dropbox", "result check-encryption-key", $"orderbook app {app}", "orderbook app any", "orderbook dataset any",
            $"orderbook workerpool {buyer.Network.Status.Workerpool}", "orderbook workerpool --category 2", $"order show --app {order} --deals", $"deal show {made["deals"]![0]!["dealid"]}",
        })
        {
            var (before, theirs, ours) = (new JsonObject(), await _project.DoAsync(command), await _cli.OkAsync(command.Split(' ')));
            while (!JsonNode.DeepEquals(theirs, ours) && !JsonNode.DeepEquals(theirs, before))
            {
                // Others use the book, too: what changes between two questions is no difference.
                (before, theirs, ours) = (theirs, await _project.DoAsync(command), await _cli.OkAsync(command.Split(' ')));
            }

            Assert.True(JsonNode.DeepEquals(theirs, ours), $"{command}\ntheirs: {theirs.ToJsonString()}\nours:   {ours.ToJsonString()}");
        }
    }

    public void Dispose() => _cli.Dispose();
}
