using System.Security.Cryptography;
using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Ethereum.JsonRpc;
using Iexec.Poco;
using Iexec.Poco.Chain;
using Iexec.Poco.Deals;
using Iexec.Poco.Escrow;
using Iexec.Poco.Orders;
using Iexec.Poco.Registries;
using Iexec.Poco.Rules;
using Iexec.Poco.Tasks;
using Xunit;

namespace Tests.Chain.Poco;

public sealed class LifecycleTests
{
    private static readonly byte[] Results = "{ \"storage\": \"ipfs\", \"location\": \"/ipfs/QmW2WQi7j6c7UgJTarActp7tDNikE4B2qXtFCfLPdsgaTQ\" }"u8.ToArray();

    [Fact]
    public async Task Assets_read_as_they_were_created()
    {
        await using var chain = await TestHub.StartAsync();
        var market = await TestMarket.CreateAsync(chain);

        var app = await chain.Hub.GetAppAsync(market.App, default);
        Assert.Equal(("app", "DOCKER", TestMarket.Checksum, TestHub.AppOwner.Address), (app!.Name, app.Type, app.Checksum, app.Owner));
        Assert.Equal([1, 2, 3], app.Multiaddr);
        var dataset = await chain.Hub.GetDatasetAsync(market.Dataset, default);
        Assert.Equal(("dataset", TestMarket.Checksum, TestHub.DatasetOwner.Address), (dataset!.Name, dataset.Checksum, dataset.Owner));
        var pool = await chain.Hub.GetWorkerpoolAsync(market.Workerpool, default);
        Assert.Equal(new Workerpool(market.Workerpool, TestHub.PoolOwner.Address, "pool", 30, 1), pool);
        Assert.Equal(TestHub.AppOwner.Address, await chain.Hub.GetOwnerAsync(AssetKind.App, market.App, default));
        Assert.Equal(1UL, await chain.Hub.CountAssetsAsync(AssetKind.App, TestHub.AppOwner.Address, default));
        Assert.Equal(market.App, await chain.Hub.GetAssetByIndexAsync(AssetKind.App, TestHub.AppOwner.Address, 0, default));
        Assert.Null(await chain.Hub.GetAssetByIndexAsync(AssetKind.App, TestHub.AppOwner.Address, 1, default));

        // An app is no dataset, and an account is nothing at all.
        Assert.Null(await chain.Hub.GetDatasetAsync(market.App, default));
        Assert.Null(await chain.Hub.GetAppAsync(TestHub.AppOwner.Address, default));
        Assert.Null(await chain.Hub.GetOwnerAsync(AssetKind.Workerpool, TestHub.AppOwner.Address, default));
    }

    [Fact]
    public async Task Match_makes_the_deal_that_the_rules_predict()
    {
        await using var chain = await TestHub.StartAsync();
        var market = await TestMarket.CreateAsync(chain);
        var request = market.RequestOrder;

        var deal = await market.MatchAsync(request);

        Assert.Equal(new DealResource(market.App, TestHub.AppOwner.Address, TestMarket.AppPrice), deal.App);
        Assert.Equal(new DealResource(market.Dataset, TestHub.DatasetOwner.Address, TestMarket.DatasetPrice), deal.Dataset);
        Assert.Equal(new DealResource(market.Workerpool, TestHub.PoolOwner.Address, TestMarket.WorkerpoolPrice), deal.Workerpool);
        Assert.Equal((0UL, 2UL, request.Params, request.Requester), (deal.BotFirst, deal.BotSize, deal.Params, deal.Sponsor));
        Assert.Equal(Stakes.Worker(TestMarket.WorkerpoolPrice, 30), deal.WorkerStake);
        var cost = Stakes.Sponsor(TestMarket.AppPrice, TestMarket.DatasetPrice, TestMarket.WorkerpoolPrice, 2);
        Assert.Equal(new Account(TestMarket.Deposit - cost, cost), await chain.Hub.GetAccountAsync(TestHub.Requester.Address, default));
        var stake = Stakes.Scheduler(TestMarket.WorkerpoolPrice, 2);
        Assert.Equal(new Account(TestMarket.Deposit - stake, stake), await chain.Hub.GetAccountAsync(TestHub.PoolOwner.Address, default));
        Assert.Null(await chain.Hub.GetDealAsync(new DealId(TestMarket.Checksum), default));
    }

    [Fact]
    public async Task A_refused_match_reverts_with_the_code_that_the_rules_give()
    {
        await using var chain = await TestHub.StartAsync();
        var market = await TestMarket.CreateAsync(chain);

        foreach (var (request, condition) in new (RequestOrder, MatchCondition)[]
        {
            (market.RequestOrder with { Category = 1 }, MatchCondition.Category),
            (market.RequestOrder with { Trust = 101 }, MatchCondition.Trust),
            (market.RequestOrder with { AppMaxPrice = 0 }, MatchCondition.AppPrice),
            (market.RequestOrder with { DatasetMaxPrice = 0 }, MatchCondition.DatasetPrice),
            (market.RequestOrder with { WorkerpoolMaxPrice = 0 }, MatchCondition.WorkerpoolPrice),
            (market.RequestOrder with { Tag = Tag.Of(Tag.GpuBit) }, MatchCondition.Tag),
            (market.RequestOrder with { App = market.Dataset }, MatchCondition.App),
            (market.RequestOrder with { Dataset = market.App }, MatchCondition.Dataset),
            (market.RequestOrder with { Workerpool = market.App }, MatchCondition.RequestWorkerpool),
            (market.RequestOrder with { Requester = TestHub.AppOwner.Address }, MatchCondition.RequestSignature),
            (market.RequestOrder with { Volume = 0 }, MatchCondition.Volume),
        })
        {
            var orders = new MatchOrders(market.AppOrder, market.DatasetOrder, market.WorkerpoolOrder, request);
            var valid = new OrderState(true, true, 0);
            var state = new MatchState(valid, valid, valid, valid with { SignatureValid = request.Requester == TestHub.Requester.Address });
            var refusal = MatchRules.Refusals(orders, 5, (_, _) => false, state).First();
            Assert.Equal(condition, refusal.Condition);

            var error = await Assert.ThrowsAsync<RevertException>(() => market.MatchAsync(request));
            Assert.Equal(refusal.RevertText, error.Reason.Message);
            Assert.Equal(condition, MatchRefusal.FromRevertText(error.Reason.Message));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Right_workers_and_a_wrong_one_are_paid_to_the_nrlc(bool strict)
    {
        await using var chain = await TestHub.StartAsync(strict);
        var market = await TestMarket.CreateAsync(chain);
        var deal = await market.MatchAsync(market.RequestOrder with { Volume = 1, Trust = 3 });
        var task = TaskId.Of(deal.Id, 0);
        await chain.SendAsync(TestHub.PoolOwner, chain.Calls.Initialize(deal.Id, 0));
        var initialized = await chain.Hub.GetTaskAsync(task, default);
        var category = (await chain.Hub.GetCategoryAsync(deal.Category, default))!;
        var deadlines = Deadlines.Of(deal.StartTimeSeconds, category.WorkClockTimeRefSeconds);
        Assert.Equal(ChainTaskStatus.Active, initialized.Status);
        Assert.Equal((deadlines.Contribution, deadlines.Final), (initialized.ContributionDeadline, initialized.FinalDeadline));

        var (right, wrong) = (Digest("right"), Digest("wrong"));
        var votes = Consensus.Empty;
        var answers = new[] { wrong, right, right, right };
        var used = 0;
        while ((await chain.Hub.GetTaskAsync(task, default)).Status == ChainTaskStatus.Active)
        {
            var worker = TestHub.Workers[used];
            Assert.False(votes.IsReached(ResultHashes.ResultHash(task, right), deal.Trust));
            await ContributeAsync(chain, task, worker, answers[used]);
            votes = votes.Add(ResultHashes.ResultHash(task, answers[used]), 0);
            used++;
        }

        Assert.True(votes.IsReached(ResultHashes.ResultHash(task, right), deal.Trust));
        Assert.Equal(4, used);
        foreach (var worker in TestHub.Workers.Skip(1))
        {
            await chain.SendAsync(worker, chain.Calls.Reveal(task, right));
        }

        var contributors = new List<Contributor>();
        foreach (var worker in TestHub.Workers)
        {
            var contribution = await chain.Hub.GetContributionAsync(task, worker.Address, default);
            contributors.Add(new Contributor(worker.Address, contribution.Status, (ulong)contribution.Weight, await chain.Hub.GetScoreAsync(worker.Address, default)));
        }

        await chain.SendAsync(TestHub.PoolOwner, chain.Calls.Finalize(task, Results, []));

        var settlement = Rewards.Finalize(deal, contributors, 0);
        await AssertAccountAsync(chain, TestHub.Requester, TestMarket.Deposit - settlement.SponsorPays);
        await AssertAccountAsync(chain, TestHub.AppOwner, settlement.AppReward);
        await AssertAccountAsync(chain, TestHub.DatasetOwner, settlement.DatasetReward);
        await AssertAccountAsync(chain, TestHub.PoolOwner, TestMarket.Deposit + settlement.SchedulerReward);
        foreach (var contributor in settlement.Contributors)
        {
            Assert.Equal(
                new Account(TestMarket.Deposit + contributor.Reward - contributor.SeizedStake, 0),
                await chain.Hub.GetAccountAsync(contributor.Worker, default));
            Assert.Equal(contributor.Score, await chain.Hub.GetScoreAsync(contributor.Worker, default));
            Assert.Equal(contributor.Score, await chain.Hub.GetVotingScoreAsync(contributor.Worker, deal.Workerpool.Pointer, default));
            Assert.Equal(strict ? contributor.Score : 0, await chain.Hub.GetVotingScoreAsync(contributor.Worker, TestHub.Requester.Address, default));
        }

        var done = await chain.Hub.GetTaskAsync(task, default);
        Assert.Equal((ChainTaskStatus.Completed, right, 3UL, 3UL), (done.Status, done.ResultDigest, done.RevealCounter, done.WinnerCounter));
        Assert.Equal(Results, done.Results);
        Assert.Equal([.. TestHub.Workers.Select(worker => worker.Address)], done.Contributors);
    }

    [Fact]
    public async Task A_task_that_nobody_computes_is_refunded_and_its_stake_feeds_the_kitty()
    {
        await using var chain = await TestHub.StartAsync();
        var market = await TestMarket.CreateAsync(chain);
        var deal = await market.MatchAsync(market.RequestOrder);
        await chain.SendAsync(TestHub.PoolOwner, chain.Calls.InitializeArray([(deal.Id, 0)]));
        await chain.Node.AdvanceTimeAsync(TimeSpan.FromSeconds(300 * (double)Deadlines.FinalRatio));

        await chain.SendAsync(TestHub.Requester, chain.Calls.Claim(TaskId.Of(deal.Id, 0)));
        await chain.SendAsync(TestHub.Requester, chain.Calls.InitializeAndClaimArray([(deal.Id, 1)]));

        var (refund, seized) = Rewards.Claim(deal);
        Assert.Equal(Stakes.Sponsor(TestMarket.AppPrice, TestMarket.DatasetPrice, TestMarket.WorkerpoolPrice, 1), refund);
        await AssertAccountAsync(chain, TestHub.Requester, TestMarket.Deposit);
        await AssertAccountAsync(chain, TestHub.PoolOwner, TestMarket.Deposit - (seized * 2));
        Assert.Equal(seized * 2, (await chain.Hub.GetAccountAsync(Rewards.KittyAddress, default)).Locked);
        Assert.Equal(ChainTaskStatus.Failed, (await chain.Hub.GetTaskAsync(TaskId.Of(deal.Id, 0), default)).Status);

        // The kitty keeps it: whoever was slashed could win it back by making deals with itself.
        var next = await market.MatchAsync(market.RequestOrder with { Volume = 1, Trust = 0, Dataset = default, DatasetMaxPrice = 0 });
        var task = TaskId.Of(next.Id, 0);
        await chain.SendAsync(TestHub.PoolOwner, chain.Calls.Initialize(next.Id, 0));
        await ContributeAsync(chain, task, TestHub.Workers[0], Digest("right"));
        await chain.SendAsync(TestHub.Workers[0], chain.Calls.Reveal(task, Digest("right")));
        await chain.SendAsync(TestHub.PoolOwner, chain.Calls.Finalize(task, Results, []));
        var settlement = Rewards.Finalize(next, [new(TestHub.Workers[0].Address, ContributionStatus.Proved, 1, 0)], UInt256.Zero);
        Assert.Equal(seized * 2, (await chain.Hub.GetAccountAsync(Rewards.KittyAddress, default)).Locked);
        await AssertAccountAsync(chain, TestHub.PoolOwner, TestMarket.Deposit - (seized * 2) + settlement.SchedulerReward);
        Assert.Equal(settlement.Contributors[0].Score, await chain.Hub.GetScoreAsync(TestHub.Workers[0].Address, default));
    }

    [Fact]
    public async Task Contribute_and_finalize_pays_in_one_transaction()
    {
        await using var chain = await TestHub.StartAsync();
        var market = await TestMarket.CreateAsync(chain);
        var deal = await market.MatchAsync(market.RequestOrder with { Volume = 1, Trust = 1 });
        var (task, worker, digest) = (TaskId.Of(deal.Id, 0), TestHub.Workers[0], Digest("right"));
        await chain.SendAsync(TestHub.PoolOwner, chain.Calls.Initialize(deal.Id, 0));

        var authorization = ResultHashes.SignAuthorization(TestHub.PoolOwner, worker.Address, task, default);
        await chain.SendAsync(worker, chain.Calls.ContributeAndFinalize(task, digest, Results, [], default, ResultHashes.NoEnclaveSign, authorization));

        var settlement = Rewards.ContributeAndFinalize(deal, worker.Address, 0, 0);
        await AssertAccountAsync(chain, worker, TestMarket.Deposit + settlement.Contributors[0].Reward);
        await AssertAccountAsync(chain, TestHub.PoolOwner, TestMarket.Deposit + settlement.SchedulerReward);
        Assert.Equal(ChainTaskStatus.Completed, (await chain.Hub.GetTaskAsync(task, default)).Status);
    }

    [Fact]
    public async Task Orders_are_consumed_by_a_match_and_closed_by_their_owner()
    {
        await using var chain = await TestHub.StartAsync();
        var market = await TestMarket.CreateAsync(chain);
        var domain = chain.Hub.Configuration.Domain;
        Order[] orders = [market.AppOrder, market.DatasetOrder, market.WorkerpoolOrder, market.RequestOrder];
        PrivateKey[] owners = [TestHub.AppOwner, TestHub.DatasetOwner, TestHub.PoolOwner, TestHub.Requester];

        foreach (var (order, owner) in orders.Zip(owners))
        {
            var closed = await chain.EventAsync<HubEvent.OrderClosed>(await chain.SendAsync(owner, chain.Calls.CloseOrder(order)));
            Assert.Equal((order.Kind, OrderSchemas.Hash(order, domain)), (closed.Kind, closed.Hash));
        }

        var consumed = await chain.Hub.GetConsumedAsync([.. orders.Select(order => OrderSchemas.Hash(order, domain))], default);
        Assert.Equal([.. orders.Select(order => order.Volume)], consumed);
    }

    [Fact]
    public async Task Signatures_and_restrictions_are_judged_as_the_contracts_do()
    {
        await using var chain = await TestHub.StartAsync();
        var hash = TestMarket.Checksum;
        var sign = TestHub.AppOwner.Sign(hash).ToArray();

        Assert.True(await chain.Hub.VerifySignatureAsync(TestHub.AppOwner.Address, hash, sign, default));
        Assert.False(await chain.Hub.VerifySignatureAsync(TestHub.PoolOwner.Address, hash, sign, default));
        Assert.False(await chain.Hub.VerifySignatureAsync(TestHub.AppOwner.Address, hash, sign.AsMemory(1), default));
        Assert.False(await chain.Hub.VerifySignatureAsync(TestHub.AppOwner.Address, hash, ReadOnlyMemory<byte>.Empty, default));
        Assert.True(await chain.Hub.IsAllowedAsync(default, TestHub.AppOwner.Address, default));
        Assert.True(await chain.Hub.IsAllowedAsync(TestHub.AppOwner.Address, TestHub.AppOwner.Address, default));
        Assert.False(await chain.Hub.IsAllowedAsync(TestHub.PoolOwner.Address, TestHub.AppOwner.Address, default));
        Assert.False(await chain.Hub.IsAllowedAsync(chain.Hub.Configuration.Token, TestHub.AppOwner.Address, default));
    }

    [Theory]
    [InlineData("0x5b5f56")] // a loop without end
    [InlineData("0xfe")] // an instruction that is none
    [InlineData("0x5f5ffd")] // a revert without words
    [InlineData("0x60205ffd")] // a revert with a word of nothing
    [InlineData("0x50")] // nothing on the stack to take
    [InlineData("0x60ff56")] // a jump to nowhere
    [InlineData("0x600160005260016000f3")] // an answer that is too short
    [InlineData("0x5f19805f5260205ff3")] // a yes that is none
    [InlineData("0x00")]
    public async Task A_contract_of_a_stranger_that_misbehaves_is_no_group_and_signs_nothing(string code)
    {
        await using var chain = await TestHub.StartAsync();
        var stranger = new Address(TestMarket.Checksum.AsSpan()[..20]);
        await chain.Node.RpcAsync("anvil_setCode", $"[\"{stranger.ToHex()}\",\"{code}\"]");

        Assert.False(await chain.Hub.IsAllowedAsync(stranger, TestHub.AppOwner.Address, default));
        Assert.False(await chain.Hub.VerifySignatureAsync(stranger, TestMarket.Checksum, new byte[65], default));
    }

    private static Bytes32 Digest(string result) => new(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(result)));

    private static Task<TransactionReceipt> ContributeAsync(TestHub chain, TaskId task, PrivateKey worker, Bytes32 digest) => chain.SendAsync(
        worker,
        chain.Calls.Contribute(
            task,
            ResultHashes.ResultHash(task, digest),
            ResultHashes.ResultSeal(worker.Address, task, digest),
            default,
            ResultHashes.NoEnclaveSign,
            ResultHashes.SignAuthorization(TestHub.PoolOwner, worker.Address, task, default)));

    private static async Task AssertAccountAsync(TestHub chain, PrivateKey key, UInt256 stake) =>
        Assert.Equal(new Account(stake, 0), await chain.Hub.GetAccountAsync(key.Address, default));
}
