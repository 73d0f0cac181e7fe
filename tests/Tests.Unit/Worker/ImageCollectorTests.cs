using Iexec.Worker.Containers.Images;
using Xunit;

namespace Tests.Unit.Worker;

public sealed class ImageCollectorTests
{
    private static readonly DateTime Day = new(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly ImageCollector.UsedImage[] Images = [Used('a', 30, 2), Used('b', 50, 0), Used('c', 20, 1)];

    [Fact]
    public void Within_the_budget_all_stay() => Assert.Empty(Removed(100));

    [Fact]
    public void Oldest_use_goes_first_and_no_more_than_needed()
    {
        Assert.Equal("b", Removed(99));
        Assert.Equal("b", Removed(50));
        Assert.Equal("bc", Removed(49));
        Assert.Equal("bca", Removed(0));
    }

    [Fact]
    public void Image_in_use_stays() => Assert.Equal("ca", Removed(0, Images[1].Reference));

    private static string Removed(long budget, params ImageReference[] inUse) =>
        string.Concat(ImageCollector.Superfluous(Images, inUse.ToHashSet(), budget).Select(image => image.Reference.Digest[^1]));

    private static ImageCollector.UsedImage Used(char digit, long bytes, int day) =>
        new(ImageReference.Parse($"r.example/app@sha256:{new string(digit, 64)}"), bytes, Day.AddDays(day));
}
