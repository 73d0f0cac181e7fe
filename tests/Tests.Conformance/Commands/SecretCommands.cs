using Tests.Conformance.Clients;
using Tests.Conformance.Networks;
using Xunit;

namespace Tests.Conformance.Commands;

/// <summary>Everything that the client asks the secret service for.</summary>
public abstract class SecretCommands(NetworkUser user)
{
    private readonly ClientProject _project = user.Project;

    [Fact]
    public async Task An_app_secret_is_pushed_once()
    {
        var app = await user.AppAsync();
        Assert.False((bool)(await _project.ExpectAsync($"app check-secret {app}", ["isSecretSet"]))["isSecretSet"]!);
        await _project.ExpectAsync($"app push-secret {app} --secret-value first", []);
        Assert.True((bool)(await _project.DoAsync($"app check-secret {app}"))["isSecretSet"]!);
        Assert.Equal($"Secret already exists for {app} and can't be updated", await _project.RefusedAsync($"app push-secret {app} --secret-value second"));
    }

    [Fact]
    public async Task Only_the_owner_pushes_an_app_secret()
    {
        var app = await user.AppAsync();
        var stranger = await user.Network.PartyAsync(user.Client);
        Assert.Equal($"Wallet {stranger.Wallet} is not allowed to set secret for {app}", await stranger.RefusedAsync($"app push-secret {app} --secret-value mine"));
    }

    [Fact]
    public async Task A_dataset_key_is_pushed()
    {
        var dataset = await user.DatasetAsync();
        Directory.CreateDirectory(_project[".secrets/datasets"]);
        await File.WriteAllTextAsync(_project["a.key"], Convert.ToBase64String(new byte[32]));
        Assert.False((bool)(await _project.ExpectAsync($"dataset check-secret {dataset}", ["isSecretSet"]))["isSecretSet"]!);
        await _project.ExpectAsync($"dataset push-secret {dataset} --secret-path {_project["a.key"]}", []);
        Assert.True((bool)(await _project.DoAsync($"dataset check-secret {dataset}"))["isSecretSet"]!);
    }

    [Fact]
    public async Task A_requester_secret_is_pushed_once()
    {
        Assert.False((bool)(await _project.ExpectAsync("requester check-secret word", ["isSet", "name"]))["isSet"]!);
        var pushed = await _project.ExpectAsync("requester push-secret word --secret-value first", ["isPushed", "name"]);
        Assert.True((bool)pushed["isPushed"]!);
        Assert.True((bool)(await _project.DoAsync($"requester check-secret word {_project.Wallet}"))["isSet"]!);
        Assert.Equal(
            $"Secret \"word\" already exists for {_project.Wallet}", await _project.RefusedAsync("requester push-secret word --secret-value second"));
    }

    [Fact]
    public async Task A_storage_token_is_pushed_and_replaced()
    {
        Assert.False((bool)(await _project.ExpectAsync("storage check dropbox", ["isInitialized"]))["isInitialized"]!);
        var made = await _project.ExpectAsync("storage init dropbox --token first", ["isInitialized", "isUpdated"]);
        Assert.Equal((true, false), ((bool)made["isInitialized"]!, (bool)made["isUpdated"]!));
        made = await _project.DoAsync("storage init dropbox --token second --force-update");
        Assert.True((bool)made["isUpdated"]!);
        Assert.True((bool)(await _project.DoAsync($"storage check dropbox --user {_project.Wallet}"))["isInitialized"]!);
    }

    [Fact]
    public async Task A_result_key_is_pushed_and_replaced()
    {
        await _project.DoAsync("result generate-encryption-keypair --force");
        Assert.False((bool)(await _project.ExpectAsync("result check-encryption-key", ["isEncryptionKeySet"]))["isEncryptionKeySet"]!);
        var made = await _project.ExpectAsync("result push-encryption-key", ["isPushed", "isUpdated"]);
        Assert.Equal((true, false), ((bool)made["isPushed"]!, (bool)made["isUpdated"]!));
        await _project.DoAsync("result generate-encryption-keypair --force");
        Assert.True((bool)(await _project.DoAsync("result push-encryption-key --force-update"))["isUpdated"]!);
        Assert.True((bool)(await _project.DoAsync($"result check-encryption-key {_project.Wallet}"))["isEncryptionKeySet"]!);
    }
}
