using Orchestrator.Retrieval.Collections.Qdrant;

namespace Orchestrator.Retrieval.Tests.Collections.Qdrant;

public sealed class PointIdTests
{
    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("d/ü ?")]
    public void Of_Text_IsAVersion5Uuid(string id)
    {
        Guid point = PointId.Of(id);

        Assert.Equal(5, point.Version);
        Assert.Equal(0x8, point.Variant & 0xc);
        Assert.Equal(point, PointId.Of(id));
        Assert.NotEqual(point, PointId.Of(id + " "));
    }

    /// <summary>Points that are stored must be found by every later version. From Python's uuid.uuid5.</summary>
    [Fact]
    public void Of_KnownText_IsAsElsewhere() => Assert.Equal(new Guid("f9d12840-a165-5de2-8b78-5d8995e0a2c2"), PointId.Of("document 1"));
}
