using Orchestrator.Router.Learning;

namespace Orchestrator.Router.Tests.Learning;

public sealed class LbfgsTests
{
    [Fact]
    public void Minimise_BadlyScaledQuadratic_FindsTheMinimum()
    {
        double[] scales = [1e-2, 1, 10, 1e4];
        double[] point = [5, -3, 2, 1];

        Lbfgs.Minimise(point, (at, gradient) =>
        {
            for (int i = 0; i < at.Length; i++)
                gradient[i] = scales[i] * (at[i] - i);
            return at.Select((value, i) => scales[i] * (value - i) * (value - i) / 2).Sum();
        }, 1e-12, 500);

        for (int i = 0; i < 4; i++)
            Assert.Equal(i, point[i], 1e-5);
    }

    [Fact]
    public void Minimise_AtTheMinimum_TakesNoStep()
    {
        double[] point = [0];

        Assert.Equal(0, Lbfgs.Minimise(point, (at, gradient) => at[0] * (gradient[0] = at[0]), 1e-6, 10));
    }
}
