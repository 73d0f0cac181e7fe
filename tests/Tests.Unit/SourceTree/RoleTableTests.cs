using System.Globalization;
using Iexec.Host.Network;
using Iexec.Host.Roles;
using Iexec.Testing;
using Xunit;

namespace Tests.Unit.SourceTree;

/// <summary>The role table and what is made of it say the same.</summary>
public sealed class RoleTableTests
{
    [Fact]
    public void The_readme_names_every_port_with_its_option()
    {
        var readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));
        Faults.None(
            from entry in RoleTable.WithPort
            let row = string.Create(CultureInfo.InvariantCulture, $"| {entry.Port.Default} | `{entry.Port.Option}` |")
            where !readme.Contains(row, StringComparison.Ordinal)
            select $"README.md has no row ending in {row} for the {entry.Role.Title}.");
    }

    [Fact]
    public void Every_port_is_read_where_it_is_set_and_starts_at_its_default()
    {
        foreach (var (_, port) in RoleTable.WithPort)
        {
            Assert.Equal(port.Default, port.Read(new NetworkPorts()));
            var changed = port.Set(new NetworkPorts(), 1);
            Assert.Equal(1, port.Read(changed));
            Assert.Single(changed.All, each => each.Port == 1);
        }
    }
}
