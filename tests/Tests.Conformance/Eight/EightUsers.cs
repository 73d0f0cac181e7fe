using Tests.Conformance.Clients;
using Tests.Conformance.Networks;
using Xunit;

namespace Tests.Conformance.Eight;

/// <summary>Uses 8.24.0, which does not force trusted execution on anybody.</summary>
public sealed class EightUser() : NetworkUser(OfficialClient.Eight);

[CollectionDefinition(Name)]
public sealed class EightCollection : ICollectionFixture<EightUser>
{
    public const string Name = "8.24.0";
}
