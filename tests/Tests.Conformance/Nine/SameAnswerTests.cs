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
            "info", "wallet show", $"wallet show {app}", "account show", "app show", $"app show {app}", "app count", "app show 0", "dataset count", "workerpool show", "workerpool count", $"account show {app}", "app check-secret", "category show 0", "category count",
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

    [Fact]
    public async Task Both_refuse_the_same_in_the_same_words()
    {
        foreach (var file in Directory.EnumerateFiles(_project.Folder, "*.json"))
        {
            File.Copy(file, _cli[Path.GetFileName(file)]);
        }

        foreach (var command in new[]
        {
            "wallet show 0x1", "account show 0x1", $"wallet send-ether 1 foo --force --to {_project.Wallet}", "category show x", "app show 0x19E7E376E7C213B7E7e7e46cc70A5dD086DAff2A",
            "storage check s3", "orderbook workerpool --category x", "orderbook app 0x1", "deal show 0x00",
        })
        {
            var (theirs, ours) = (await _project.RefusedAsync(command), (string)(await _cli.FailAsync(command.Split(' ')))["error"]!["message"]!);
            Assert.True(theirs == ours, $"{command}\ntheirs: {theirs}\nours:   {ours}");
        }
    }

    [Fact]
    public async Task Both_name_the_files_that_they_write_alike()
    {
        foreach (var folder in new[] { _project.Folder, _cli.Folder })
        {
            foreach (var part in new[] { "datasets/original", "datasets/encrypted", ".secrets/datasets" })
            {
                Directory.CreateDirectory(Path.Combine(folder, part));
            }

            await File.WriteAllTextAsync(Path.Combine(folder, "datasets", "original", "alike.txt"), "x");
        }

        foreach (var command in new[] { "dataset encrypt --force", "wallet create --password x", "wallet create --password x --keystoredir local" })
        {
            var (theirs, ours) = (await _project.DoAsync(command), await _cli.OkAsync(command.Split(' ')));
            Assert.Equal(Paths(theirs, _project.Folder, _project.Home), Paths(ours, _cli.Folder, _cli.Home));
        }
    }

    // Whatever is a path or a name of a file, without what differs from one run to the next.
    private static List<string> Paths(JsonObject answer, string folder, string home) =>
    [
        .. from member in answer.Concat(answer["encryptedFiles"]?[0]!.AsObject() ?? [])
           where member.Key is "fileName" or "secretPath" or "encryptedDatasetFolderPath" or "original" or "encrypted" or "key"
           select $"{member.Key}: {((string)member.Value!).Replace(folder, "(project)", StringComparison.Ordinal).Replace(home, "(home)", StringComparison.Ordinal).Split("UTC--")[0]}",
    ];

    public void Dispose() => _cli.Dispose();
}
