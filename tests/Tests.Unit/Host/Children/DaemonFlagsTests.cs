using Iexec.Host.Children;
using Xunit;

namespace Tests.Unit.Host.Children;

public sealed class DaemonFlagsTests
{
    [Theory]
    [InlineData("failed to start daemon: error initializing graphdriver: driver not supported", "vfs", true)]
    [InlineData("failed to create NAT chain DOCKER: iptables failed: iptables: No such file", "overlay2", false)]
    public void One_thing_is_given_up_at_a_time(string log, string driver, bool iptables) =>
        Assert.Equal(new DaemonFlags(driver, iptables), DaemonFlags.Best.After(log));

    [Fact]
    public void Trying_ends() => Assert.Null(new DaemonFlags("vfs", false).After("graphdriver iptables"));

    [Fact]
    public void Other_failures_are_not_tried_again() => Assert.Null(DaemonFlags.Best.After("Devices cgroup isn't mounted"));
}
