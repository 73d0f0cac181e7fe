using Tests.Conformance.Commands;
using Xunit;

namespace Tests.Conformance.Eight;

/// <summary><c>info</c>, <c>wallet</c> and <c>account</c> of 8.24.0.</summary>
[Collection(EightProviderCollection.Name)]
public sealed class AccountTests(EightProvider user) : AccountCommands(user);

/// <summary>Apps, datasets, worker pools and categories with 8.24.0.</summary>
[Collection(EightProviderCollection.Name)]
public sealed class AssetTests(EightProvider user) : AssetCommands(user);

/// <summary>What 8.24.0 does without a network.</summary>
[Collection(EightProviderCollection.Name)]
public sealed class OfflineTests(EightProvider user) : OfflineCommands(user);

/// <summary>Orders of 8.24.0.</summary>
[Collection(EightProviderCollection.Name)]
public sealed class OrderTests(EightProvider user) : OrderCommands(user);

/// <summary>Secrets of 8.24.0.</summary>
[Collection(EightProviderCollection.Name)]
public sealed class SecretTests(EightProvider user) : SecretCommands(user);

/// <summary>The books, as 8.24.0 reads them.</summary>
[Collection(EightBuyerCollection.Name)]
public sealed class OrderbookTests(EightBuyer user) : OrderbookCommands(user);

/// <summary>Deals of 8.24.0.</summary>
[Collection(EightBuyerCollection.Name)]
public sealed class DealTests(EightBuyer user) : PurchaseCommands(user);
