using Tests.Conformance.Clients;
using Tests.Conformance.Networks;
using Xunit;

namespace Tests.Conformance.Nine;

/// <summary>Uses 9.0.1 for everything up to the orders.</summary>
public sealed class NineProvider() : NetworkUser(OfficialClient.Nine);

/// <summary>Uses 9.0.1 to buy.</summary>
public sealed class NineBuyer() : NetworkUser(OfficialClient.Nine);

[CollectionDefinition(Name)]
public sealed class NineProviderCollection : ICollectionFixture<NineProvider>
{
    public const string Name = "9.0.1: provider";
}

[CollectionDefinition(Name)]
public sealed class NineBuyerCollection : ICollectionFixture<NineBuyer>
{
    public const string Name = "9.0.1: buyer";
}
