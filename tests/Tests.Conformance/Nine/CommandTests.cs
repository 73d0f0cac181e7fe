using Tests.Conformance.Commands;
using Xunit;

namespace Tests.Conformance.Nine;

/// <summary><c>info</c>, <c>wallet</c> and <c>account</c> of 9.0.1.</summary>
[Collection(NineProviderCollection.Name)]
public sealed class AccountTests(NineProvider user) : AccountCommands(user);

/// <summary>Apps, datasets, worker pools and categories with 9.0.1.</summary>
[Collection(NineProviderCollection.Name)]
public sealed class AssetTests(NineProvider user) : AssetCommands(user);

/// <summary>What 9.0.1 does without a network.</summary>
[Collection(NineProviderCollection.Name)]
public sealed class OfflineTests(NineProvider user) : OfflineCommands(user);

/// <summary>Orders of 9.0.1.</summary>
[Collection(NineProviderCollection.Name)]
public sealed class OrderTests(NineProvider user) : OrderCommands(user);

/// <summary>Secrets of 9.0.1.</summary>
[Collection(NineProviderCollection.Name)]
public sealed class SecretTests(NineProvider user) : SecretCommands(user);

/// <summary>The books, as 9.0.1 reads them.</summary>
[Collection(NineBuyerCollection.Name)]
public sealed class OrderbookTests(NineBuyer user) : OrderbookCommands(user);

/// <summary>Deals of 9.0.1.</summary>
[Collection(NineBuyerCollection.Name)]
public sealed class PurchaseTests(NineBuyer user) : PurchaseCommands(user);
