using Tests.Conformance.Clients;
using Tests.Conformance.Networks;
using Xunit;

namespace Tests.Conformance.Eight;

/// <summary>Uses 8.24.0, which does not force trusted execution on anybody.</summary>
public sealed class EightUser() : NetworkUser(OfficialClient.Eight);

/// <summary>Uses 8.24.0 for everything up to the orders.</summary>
public sealed class EightProvider() : NetworkUser(OfficialClient.Eight);

/// <summary>Uses 8.24.0 to buy from a pool that nobody runs.</summary>
public sealed class EightBuyer() : NetworkUser(OfficialClient.Eight);

[CollectionDefinition(Name)]
public sealed class EightCollection : ICollectionFixture<EightUser>
{
    public const string Name = "8.24.0";
}

[CollectionDefinition(Name)]
public sealed class EightProviderCollection : ICollectionFixture<EightProvider>
{
    public const string Name = "8.24.0: provider";
}

[CollectionDefinition(Name)]
public sealed class EightBuyerCollection : ICollectionFixture<EightBuyer>
{
    public const string Name = "8.24.0: buyer";
}
