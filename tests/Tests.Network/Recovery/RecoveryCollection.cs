using Iexec.Testing.Containers;
using Xunit;

namespace Tests.Network.Recovery;

/// <summary>Whole networks, one after the other: they share the engine, its images and the machine's two cores.</summary>
[CollectionDefinition(Name)]
public sealed class RecoveryCollection : ICollectionFixture<ContainerFixture>
{
    public const string Name = "recovery";
}
