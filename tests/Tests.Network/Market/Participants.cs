using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Poco.Orders;
using Iexec.Testing.Chain;

namespace Tests.Network.Market;

/// <summary>An app owner, a dataset owner, a pool owner and a requester with stake, and the orders that they would sign.</summary>
internal sealed class Participants : IDisposable
{
    public Participants(FakeHub hub)
    {
        hub.CreateCategory("XS", 300);
        App = hub.CreateApp(AppOwner.Address);
        Dataset = hub.CreateDataset(DatasetOwner.Address);
        Workerpool = hub.CreateWorkerpool(PoolOwner.Address);
        hub.Deposit(PoolOwner.Address, 1000);
        hub.Deposit(Requester.Address, 1000);
    }

    public PrivateKey AppOwner { get; } = TestAddress.Key(1);

    public PrivateKey DatasetOwner { get; } = TestAddress.Key(2);

    public PrivateKey PoolOwner { get; } = TestAddress.Key(3);

    public PrivateKey Requester { get; } = TestAddress.Key(4);

    public Address App { get; }

    public Address Dataset { get; }

    public Address Workerpool { get; }

    public AppOrder AppOrder => new() { App = App, AppPrice = 5, Volume = 1000 };

    public DatasetOrder DatasetOrder => new() { Dataset = Dataset, DatasetPrice = 3, Volume = 1000 };

    public WorkerpoolOrder WorkerpoolOrder => new() { Workerpool = Workerpool, WorkerpoolPrice = 100, Volume = 4, Category = 0, Trust = 1 };

    public RequestOrder RequestOrder => new()
    {
        App = App,
        AppMaxPrice = 5,
        Dataset = Dataset,
        DatasetMaxPrice = 3,
        WorkerpoolMaxPrice = 100,
        Requester = Requester.Address,
        Beneficiary = Requester.Address,
        Volume = 3,
        Params = "{\"iexec_args\":\"a \\\"b\\\" é\"}",
    };

    public void Dispose()
    {
        AppOwner.Dispose();
        DatasetOwner.Dispose();
        PoolOwner.Dispose();
        Requester.Dispose();
    }
}
