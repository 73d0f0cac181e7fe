using Iexec.Ethereum;
using Iexec.Testing;
using Xunit;

namespace Tests.Chain.Cli;

public sealed class GroupTests
{
    [Fact]
    public async Task A_group_admits_its_members_until_they_are_removed()
    {
        await using var services = await LocalServices.StartAsync();
        using var owner = await Party.CreateAsync(services, AnvilProcess.Keys[1]);
        using var member = await Party.CreateAsync(services, AnvilProcess.Keys[2]);
        var (first, second) = (member.Address.ToString(), AnvilProcess.Keys[3].Address.ToString());
        string[] create = ["group", "create", first, "--salt", Bytes32.Zero.ToString()];
        Assert.True((bool)(await owner.Cli.OkAsync([.. create, "--dry-run"]))["dryRun"]!);
        var group = (string)(await owner.Cli.OkAsync(create))["group"]!;
        Assert.Contains("already", (string)(await owner.Cli.FailAsync(create))["error"]!["message"]!, StringComparison.Ordinal);
        Assert.NotEqual(group, (string)(await owner.Cli.OkAsync("group", "create"))["group"]!);

        await owner.Cli.OkAsync("group", "add", group, second);
        Assert.Equal(new[] { first, second }.Order(StringComparer.OrdinalIgnoreCase), await MembersAsync(owner, group));
        Assert.StartsWith("Only the owner of group", (string)(await member.Cli.FailAsync("group", "add", group, second))["error"]!["message"]!, StringComparison.Ordinal);
        await owner.Cli.OkAsync("group", "remove", group, second);
        var shown = (await owner.Cli.OkAsync("group", "show", group, first, second))["group"]!;
        Assert.Equal(owner.Address.ToString(), (string)shown["owner"]!);
        Assert.Equal((true, false), ((bool)shown["isMember"]![first]!, (bool)shown["isMember"]![second]!));
        Assert.Equal([first], await MembersAsync(owner, group));
        await owner.Cli.FailAsync("group", "show", first);
        await owner.Cli.FailAsync("group", "add", group);
        await owner.Cli.FailAsync("group", "add", group, "nobody");
    }

    private static async Task<IEnumerable<string>> MembersAsync(Party party, string group) =>
        (await party.Cli.OkAsync("group", "show", group))["group"]!["members"]!.AsArray().Select(account => (string)account!);
}
