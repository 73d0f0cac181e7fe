using System.Text.Json;
using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Poco;
using Iexec.Sdk.Wire.Scheduler;
using Xunit;

namespace Tests.Unit.Scheduler;

public sealed class WireTests
{
    [Theory]
    [InlineData(ReplicateStatus.AppDownloadFailed, "APP_DOWNLOAD_FAILED")]
    [InlineData(ReplicateStatus.ContributeAndFinalizeOngoing, "CONTRIBUTE_AND_FINALIZE_ONGOING")]
    [InlineData(ReplicateStatus.WorkerLost, "WORKER_LOST")]
    public void Replicate_statuses_are_written_as_the_middleware_does(ReplicateStatus status, string text)
    {
        Assert.Equal($"\"{text}\"", JsonSerializer.Serialize(status, SchedulerJson.Default.ReplicateStatus));
        Assert.Equal(status, JsonSerializer.Deserialize($"\"{text}\"", SchedulerJson.Default.ReplicateStatus));
    }

    [Fact]
    public void Every_status_and_notification_survives_its_text()
    {
        Assert.All(Enum.GetValues<ScheduledTaskStatus>(), static value =>
            Assert.Equal(value, JsonSerializer.Deserialize(JsonSerializer.Serialize(value, SchedulerJson.Default.ScheduledTaskStatus), SchedulerJson.Default.ScheduledTaskStatus)));
        Assert.All(Enum.GetValues<TaskNotificationType>(), static value =>
            Assert.Equal(value, JsonSerializer.Deserialize(JsonSerializer.Serialize(value, SchedulerJson.Default.TaskNotificationType), SchedulerJson.Default.TaskNotificationType)));
    }

    [Theory]
    [InlineData("7")]
    [InlineData("\"NO_SUCH_STATUS\"")]
    [InlineData("null")]
    public void Numbers_and_unknown_names_are_no_status(string json) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize(json, SchedulerJson.Default.ReplicateStatus));

    // As an official worker sends it, with members that are not believed.
    [Fact]
    public void A_report_of_an_official_worker_is_understood()
    {
        const string Json = """
            {"status":"COMPUTE_FAILED","modifier":"WORKER","date":"2026-01-01T00:00:00.000+00:00","details":{"chainReceipt":null,"resultLink":null,
            "chainCallbackData":null,"errorMessage":null,"cause":"APP_COMPUTE_FAILED","computeLogs":{"walletAddress":"0x19e7e376e7c213b7e7e7e46cc70a5dd086daff2a",
            "stdout":"a","stderr":"b"},"exitCode":3,"teeSessionGenerationError":null}}
            """;
        var update = JsonSerializer.Deserialize(Json, SchedulerJson.Default.ReplicateStatusUpdate)!;
        Assert.Equal(ReplicateStatus.ComputeFailed, update.Status);
        Assert.Equal(ReplicateCause.AppComputeFailed, update.Details!.Cause);
        Assert.Equal((3, "a"), (update.Details.ExitCode, update.Details.ComputeLogs!.Stdout));
    }

    [Theory]
    [InlineData("\"\"")]
    [InlineData("\"lower\"")]
    [InlineData("\"A B\"")]
    [InlineData("5")]
    public void A_cause_is_a_short_upper_case_name(string json) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize($$$"""{"status":"STARTING","details":{"cause":{{{json}}}}}""", SchedulerJson.Default.ReplicateStatusUpdate));

    // Known answer: keys 0x11…11 (worker) and 0x22…22 (pool), deal 0xaa…aa, index 2, no enclave.
    [Fact]
    public void The_permission_to_contribute_is_the_one_that_the_contracts_check()
    {
        using var pool = PrivateKey.Parse(new string('2', 64));
        using var worker = PrivateKey.Parse(new string('1', 64));
        var deal = new DealId(Bytes32.Parse(new string('a', 64)));
        var authorization = WorkerpoolAuthorization.Create(pool, deal, 2, worker.Address, Address.Zero);
        Assert.Equal("0xf04c900c69b2687067bbda7f4040b37d36989c18645b1cd121054e319ee3cac8", authorization.ChainTaskId.ToString());
        Assert.Equal(
            "0xf36de2cbcd2af9faabb8cbb6e7ded4a00059837bc9d8b5f48aa867520be63bbc4a49e29a9ca5e590597784d0c69422d54b922ad5c9c731f1f21857e59bc10d4e1c",
            authorization.Signature.Value);
        Assert.True(authorization.IsSignedBy(pool.Address));
        Assert.False((authorization with { WorkerWallet = pool.Address }).IsSignedBy(pool.Address));
        Assert.False((authorization with { Signature = new SignatureValue("0x00") }).IsSignedBy(pool.Address));
        Assert.Contains("\"workerpoolAuthorization\":{\"chainTaskId\":\"0xf04c", JsonSerializer.Serialize(new ReplicateTaskSummary(authorization), SchedulerJson.Default.ReplicateTaskSummary), StringComparison.Ordinal);
    }

    [Fact]
    public void A_login_is_bound_to_chain_pool_wallet_and_challenge()
    {
        var (pool, worker) = (Address.Parse(new string('1', 40)), Address.Parse(new string('2', 40)));
        Bytes32[] digests =
        [
            WorkerLogin.Digest(1, pool, worker, "c"), WorkerLogin.Digest(2, pool, worker, "c"), WorkerLogin.Digest(1, worker, worker, "c"),
            WorkerLogin.Digest(1, pool, pool, "c"), WorkerLogin.Digest(1, pool, worker, "d"),
        ];
        Assert.Equal(5, digests.Distinct().Count());
        // Bytes of a transaction can never pass for a challenge.
        Assert.Throws<FormatException>(() => WorkerLogin.LegacyDigest("0x" + new string('f', 80)));
    }
}
