using System.IO.Compression;
using Tests.Conformance.Clients;
using Xunit;

namespace Tests.Conformance.Eight;

/// <summary>A whole purchase of the network's own pool, from the deployed app to the downloaded result.</summary>
[Collection(EightCollection.Name)]
public sealed class PurchaseTests(EightUser user)
{
    private readonly ClientProject _project = user.Project;

    [Fact]
    public async Task App_run_watches_a_task_until_its_result_can_be_downloaded()
    {
        await _project.ExpectAsync("account deposit 20 RLC", ["amount", "txHash"]);
        var app = await user.AppAsync();
        var pool = user.Network.Status.Workerpool.ToString();
        var made = await _project.ExpectAsync($"app run {app} --workerpool {pool} --category 0 --watch --force --args", ["deals", "tasks"], "hello world");
        var task = made["tasks"]![0]!.AsObject();
        Assert.Equal(("COMPLETED", 3), ((string)task["statusName"]!, (int)task["status"]!));
        var id = (string)task["taskid"]!;

        var shown = await _project.ExpectAsync($"task show {id} --download result", ["task", "claimable", "resultPath"]);
        Assert.Equal("ipfs", (string)shown["task"]!["results"]!["storage"]!);
        using (var zip = ZipFile.OpenRead((string)shown["resultPath"]!))
        {
            using var reader = new StreamReader(zip.GetEntry("hello.txt")!.Open());
            Assert.Contains("argument: hello", await reader.ReadToEndAsync(), StringComparison.Ordinal);
        }

        var debug = await _project.ExpectAsync($"task debug {id} --logs", ["onchainData", "offchainData", "appLogs"]);
        Assert.Equal("COMPLETED", (string)debug["offchainData"]!["task"]!["status"]!);
        Assert.Contains("argument: world", (string)debug["appLogs"]![0]!["stdout"]!, StringComparison.Ordinal);

        // The newer client reads the same.
        var newer = await AsNineAsync();
        Assert.True(File.Exists((string)(await newer.ExpectAsync($"task show {id} --download result9", ["task", "claimable", "resultPath"]))["resultPath"]!));
        debug = await newer.ExpectAsync($"task debug {id} --logs", ["onchainData", "offchainData", "appLogs"]);
        Assert.Equal(["task", "replicates"], debug["offchainData"]!.AsObject().Select(member => member.Key));

        var deal = await _project.DoAsync($"deal show {made["deals"]![0]!["dealid"]} --watch");
        Assert.Equal(1, (int)deal["completedTasksCount"]!);
    }

    /// <summary>The same wallet in the hands of 9.0.1.</summary>
    private async Task<ClientProject> AsNineAsync()
    {
        var project = await user.Network.PartyAsync(OfficialClient.Nine);
        File.Copy(_project["wallet.json"], project["wallet.json"], overwrite: true);
        return project;
    }
}
